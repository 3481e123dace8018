package dev.guardrails4j.server.audit;

import dev.guardrails4j.engine.trace.ActivatedRail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one rail has decided.
 *
 * @param stage where: {@code "input"}
 * @param rail the flow as the configuration spells it; empty if there was none to decide
 * @param verdict what
 */
public record Decision(String stage, Optional<String> rail, String verdict) {

    private static final String GENERATION = "generation";

    /** What the rails of a request have decided; that there was none to decide is told, too. */
    public static List<Decision> of(List<ActivatedRail> activated) {
        List<Decision> decisions = activated.stream()
                .filter(rail -> !rail.type().equals(GENERATION))
                .map(rail -> new Decision(
                        rail.type(),
                        Optional.of(rail.name()),
                        rail.outcome().name().toLowerCase(Locale.ROOT)))
                .toList();
        return decisions.isEmpty() ? List.of(new Decision("request", Optional.empty(), "passed")) : decisions;
    }
}
