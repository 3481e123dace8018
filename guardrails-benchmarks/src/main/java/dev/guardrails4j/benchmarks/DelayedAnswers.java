package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends answers a fixed time after they were asked for: all wait equally long, so first in is first out and one thread
 * suffices. It waits more precisely than a selector, which counts in milliseconds, or a thread that sleeps to the end.
 * Without a latency there is no thread.
 */
final class DelayedAnswers implements AutoCloseable {

    /** How late a sleeping thread may wake: so long before an answer is due it stays awake. */
    private static final long LATE_NANOS = 300_000;

    private final long latencyNanos;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::sendWhenDue, "mock-upstream-latency");

    private record Waiting(MockConnection connection, MockConnection.Answer answer, long dueNanos) {}

    DelayedAnswers(Duration latency) {
        latencyNanos = latency.toNanos();
        if (latencyNanos > 0) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    void accept(MockConnection connection, MockConnection.Answer answer) {
        if (latencyNanos > 0) {
            queue.add(new Waiting(connection, answer, System.nanoTime() + latencyNanos));
        } else {
            send(connection, answer);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void sendWhenDue() {
        try {
            while (true) {
                Waiting next = queue.take();
                for (long left = next.dueNanos - System.nanoTime();
                        left > 0;
                        left = next.dueNanos - System.nanoTime()) {
                    if (left > LATE_NANOS) {
                        LockSupport.parkNanos(left - LATE_NANOS);
                    } else {
                        Thread.onSpinWait();
                    }
                    if (Thread.interrupted()) {
                        return;
                    }
                }
                send(next.connection, next.answer);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private static void send(MockConnection connection, MockConnection.Answer answer) {
        try {
            connection.send(answer);
        } catch (IOException e) {
            close(connection);
        }
    }

    /** A client that broke off while it waited must not stop the answers of the others. */
    private static void close(MockConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection of the mock upstream cannot be closed", e);
        }
    }
}
