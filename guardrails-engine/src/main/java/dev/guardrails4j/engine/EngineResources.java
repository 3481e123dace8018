package dev.guardrails4j.engine;

import dev.guardrails4j.engine.model.ModelHttpClient;
import dev.guardrails4j.engine.pipeline.EngineThreads;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What an engine holds and must give back: threads and connections. */
@Singleton
public final class EngineResources implements AutoCloseable {

    private final EngineThreads threads;
    private final ModelHttpClient connections;

    @Inject
    EngineResources(EngineThreads threads, ModelHttpClient connections) {
        this.threads = threads;
        this.connections = connections;
    }

    @Override
    public void close() {
        connections.close();
        threads.close();
    }
}
