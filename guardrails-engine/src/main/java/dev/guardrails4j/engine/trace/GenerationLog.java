package dev.guardrails4j.engine.trace;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happened during a request.
 *
 * @param activatedRails every rail that ran, and the generation, in configured order
 * @param total how long the request took
 */
public record GenerationLog(List<ActivatedRail> activatedRails, Duration total) {

    /** Every model call of the request, in order. */
    public Stream<ModelCall> modelCalls() {
        return activatedRails.stream()
                .flatMap(rail -> rail.actions().stream())
                .flatMap(action -> action.modelCalls().stream());
    }
}
