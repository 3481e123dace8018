package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.engine.plugin.Plugin;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs code of a plug-in that prepares something for a configuration, on the calling thread, and interrupts it when it takes
 * too long: neither a start nor a reload may wait for ever. Code that heeds no interrupt goes on all the same.
 */
final class SettingUp {

    /** Patterns by the thousand and models of many megabytes are read in a fraction of it. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Thread thread = Thread.currentThread();
    private boolean hasEnded;
    private boolean hasInterrupted;

    private SettingUp() {}

    /**
     * @throws TimeoutException if it ended only because it was interrupted
     * @throws Exception what the code throws
     */
    static <T> T run(Plugin plugin, Callable<T> code, Duration limit, ScheduledExecutorService clock) throws Exception {
        SettingUp running = new SettingUp();
        Future<?> timer = clock.schedule(running::interrupt, limit.toNanos(), TimeUnit.NANOSECONDS);
        T made;
        try {
            made = plugin.call(code);
        } catch (Exception e) {
            if (running.end()) {
                throw late(limit, e);
            }
            throw e;
        } finally {
            timer.cancel(false);
            running.end();
        }
        return made;
    }

    private static TimeoutException late(Duration limit, Exception thrown) {
        TimeoutException late = new TimeoutException("it took longer than %d s".formatted(limit.toSeconds()));
        late.initCause(thrown);
        return late;
    }

    private synchronized void interrupt() {
        if (!hasEnded) {
            hasInterrupted = true;
            thread.interrupt();
        }
    }

    /** From now on the thread is not interrupted any more, and an interrupt of this is forgotten; whether there was one. */
    private synchronized boolean end() {
        if (!hasEnded && hasInterrupted) {
            boolean unused = Thread.interrupted();
        }
        hasEnded = true;
        return hasInterrupted;
    }
}
