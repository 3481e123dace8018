package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.trace.ObservedRequest.Operation;
import dev.guardrails4j.engine.trace.RailObserver;
import dev.guardrails4j.engine.trace.RequestObserver;

/** Counts one request. */
final class RequestMetrics implements RequestObserver {

    private final EngineMetrics metrics;
    private final Operation operation;
    private final long startNanos = System.nanoTime();

    RequestMetrics(EngineMetrics metrics, Operation operation) {
        this.metrics = metrics;
        this.operation = operation;
    }

    @Override
    public RailObserver rail(String type, String name, String flow) {
        return metrics.rails().begins(type, name);
    }

    @Override
    public void ended(GenerationResult result) {
        metrics.ended(operation, System.nanoTime() - startNanos);
        result.block().ifPresent(block -> metrics.blocked(EngineMetrics.lower(block.stage())));
    }

    @Override
    public void failed(Throwable cause) {
        metrics.ended(operation, System.nanoTime() - startNanos);
        metrics.failed(ErrorType.of(cause));
    }
}
