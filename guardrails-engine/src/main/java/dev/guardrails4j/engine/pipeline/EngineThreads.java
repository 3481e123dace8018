package dev.guardrails4j.engine.pipeline;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that rails run on and the clock that ends them: virtual threads where the JVM has them, a bounded pool of
 * platform threads where not. Safe for use by many threads.
 */
public final class EngineThreads implements AutoCloseable {

    private static final int PLATFORM_THREADS = 512;
    private static final int WAITING_CHECKS = 16_384;

    private final boolean virtual;
    private final ExecutorService rails;
    private final ExecutorService calls;
    private final ScheduledThreadPoolExecutor clock;

    private EngineThreads(boolean virtual, ExecutorService rails, ExecutorService calls) {
        this.virtual = virtual;
        this.rails = rails;
        this.calls = calls;
        this.clock = new ScheduledThreadPoolExecutor(1, daemons("guardrails-deadlines"));
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /** The best kind of threads that this JVM has. */
    public static EngineThreads start() {
        // Compiled for Java 17, which does not have the method: JAVA-STACK 2.4.
        try {
            ExecutorService virtualThreads = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            return new EngineThreads(true, virtualThreads, virtualThreads);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return new EngineThreads(false, platformThreads(), threadsForCalls());
        }
    }

    private static ExecutorService platformThreads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                PLATFORM_THREADS,
                PLATFORM_THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_CHECKS),
                daemons("guardrails-rail"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** One for each call that rails wait for, so that these need not wait for each other; beyond that, the rail's own. */
    private static ExecutorService threadsForCalls() {
        return new ThreadPoolExecutor(
                0,
                PLATFORM_THREADS,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("guardrails-model"),
                (call, pool) -> {
                    if (pool.isShutdown()) {
                        throw new RejectedExecutionException("The engine has been closed");
                    }
                    call.run();
                });
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Whether rails run on virtual threads. */
    public boolean areVirtual() {
        return virtual;
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
