package dev.guardrails4j.server.http;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks again and again, by one thread of its own that keeps no JVM alive, until it is closed. */
final class Lookout implements AutoCloseable {

    private final ScheduledExecutorService clock;

    private Lookout(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /**
     * Begins to look.
     *
     * @param name of the thread
     * @param period between the end of one look and the next
     * @param look throws nothing: that would be the last look
     */
    static Lookout every(Duration period, String name, Runnable look) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused =
                clock.scheduleWithFixedDelay(look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return new Lookout(clock);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
