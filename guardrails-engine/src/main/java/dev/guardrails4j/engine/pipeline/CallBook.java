package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.engine.trace.CallsObserver;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.engine.trace.RailRecorder;
import java.util.function.Consumer;

/**
 * Where calls are written down.
 *
 * @param models those of models
 * @param endpoints those of other servers
 * @param observer who is told of them while they run
 */
record CallBook(Consumer<ModelCall> models, Consumer<EndpointCall> endpoints, CallsObserver observer) {

    /** Of the calls that a rail makes itself. */
    static CallBook of(RailRecorder rail) {
        return new CallBook(rail::called, rail::called, rail.observer());
    }
}
