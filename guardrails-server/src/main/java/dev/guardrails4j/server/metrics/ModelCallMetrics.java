package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.engine.trace.ObservedCall;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Counts one call of a model. Chunks are told of by one thread. */
final class ModelCallMetrics implements CallObserver {

    private final ObservedCall call;
    private final Supplier<ModelMeters> answered;
    private final Supplier<ModelMeters> failed;
    private final Consumer<Boolean> cache;
    private final long startNanos = System.nanoTime();
    private long lastChunkNanos;
    private Optional<ModelMeters> streamed = Optional.empty();

    /**
     * @param answered where calls are counted that were answered: the model is one that there is
     * @param failed where others are counted, which may name anything
     * @param cache told whether an answer was remembered
     */
    ModelCallMetrics(
            ObservedCall call, Supplier<ModelMeters> answered, Supplier<ModelMeters> failed, Consumer<Boolean> cache) {
        this.call = call;
        this.answered = answered;
        this.failed = failed;
        this.cache = cache;
    }

    @Override
    public void chunk() {
        long now = System.nanoTime();
        if (streamed.isEmpty()) {
            ModelMeters meters = answered.get();
            meters.firstChunk(now - startNanos);
            streamed = Optional.of(meters);
        } else {
            streamed.get().chunk(now - lastChunkNanos);
        }
        lastChunkNanos = now;
    }

    @Override
    public void ended(ModelCall made) {
        if (call.cached() && !call.streamed()) {
            cache.accept(made.fromCache());
        }
        if (!made.fromCache()) {
            ModelMeters meters = answered.get();
            meters.ended("", System.nanoTime() - startNanos);
            meters.spent(made.usage());
        }
    }

    @Override
    public void failed(Throwable cause) {
        failed.get().ended(ErrorType.of(cause), System.nanoTime() - startNanos);
    }
}
