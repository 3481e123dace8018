package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.ObservedCall;
import dev.guardrails4j.engine.trace.RailObserver;

/**
 * Counts the calls of the generation, and nothing else of it.
 *
 * @param calls counts them
 */
record GenerationCalls(CallMetrics calls) implements RailObserver {

    @Override
    public CallObserver asks(ObservedCall call) {
        return calls.asks(call);
    }
}
