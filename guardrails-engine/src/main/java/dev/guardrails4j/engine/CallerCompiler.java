package dev.guardrails4j.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Compiles configurations of callers on few threads of its own, so that they cannot take all processors, and measures what
 * each takes of the memory. These are platform threads: of virtual ones the JVM does not tell. Safe for use by many threads.
 */
final class CallerCompiler implements AutoCloseable {

    private static final int WAITING = 1_000;

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ThreadPoolExecutor threads;

    CallerCompiler() {
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        threads = new ThreadPoolExecutor(
                processors, processors, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "guardrails-compiler");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to make something.
     *
     * @throws CompilerBusyException if too much is waiting already
     */
    <T> CompletableFuture<Measured<T>> begin(Supplier<T> compilation) {
        try {
            return CompletableFuture.supplyAsync(() -> measure(compilation), threads);
        } catch (RejectedExecutionException full) {
            throw new CompilerBusyException();
        }
    }

    private <T> Measured<T> measure(Supplier<T> compilation) {
        long before = memory.getCurrentThreadAllocatedBytes();
        T made = compilation.get();
        return new Measured<>(made, memory.getCurrentThreadAllocatedBytes() - before);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /**
     * What was made.
     *
     * @param bytes what making it took, and so the most that it takes up
     */
    record Measured<T>(T made, long bytes) {}
}
