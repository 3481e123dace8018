package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.engine.ThreadKind;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that rails run on and the clock that ends them. Safe for use by many threads. */
public final class EngineThreads implements AutoCloseable {

    static final int PLATFORM_THREADS = 512;
    private static final int WAITING_CHECKS = 16_384;

    private final ExecutorService rails;
    private final ExecutorService calls;
    private final ScheduledExecutorService clock;

    /** @param kind what rails run on */
    public EngineThreads(ThreadKind kind) {
        this.rails = kind.executor("guardrails-rail", PLATFORM_THREADS, WAITING_CHECKS);
        this.calls = kind == ThreadKind.VIRTUAL ? rails : threadsForCalls();
        this.clock = ThreadKind.clock("guardrails-deadlines");
    }

    /** One for each call that rails wait for, so that these need not wait for each other; beyond that, the rail's own. */
    private static ExecutorService threadsForCalls() {
        return new ThreadPoolExecutor(
                0,
                PLATFORM_THREADS,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                ThreadKind.daemons("guardrails-model"),
                (call, pool) -> {
                    if (pool.isShutdown()) {
                        throw new RejectedExecutionException("The engine has been closed");
                    }
                    call.run();
                });
    }

    ExecutorService rails() {
        return rails;
    }

    /** Where models are asked on behalf of several rails at once. */
    ExecutorService calls() {
        return calls;
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    @Override
    public void close() {
        rails.shutdownNow();
        calls.shutdownNow();
        clock.shutdownNow();
    }
}
