package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.upstream.Permit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model with all its attempts, which ends when its time is over or its deadline ends: the request under way
 * is aborted, wherever it is, and no pause goes on.
 *
 * <p>{@link #abort} comes from other threads; what they share is {@code end} and {@code current}.
 */
final class Exchange implements AutoCloseable {

    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final AtomicReference<@Nullable HttpUriRequestBase> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Permit> permit = new AtomicReference<>();
    private final ScheduledExecutorService timer;
    private final Deadline deadline;
    private final long endNanos;
    private final Future<?> timeOut;
    private final Deadline.Registration registration;

    /** @param total how long the call may take, if the deadline does not end before */
    Exchange(ScheduledExecutorService timer, Duration total, Deadline deadline) {
        this.timer = timer;
        this.deadline = deadline;
        this.endNanos = System.nanoTime() + total.toNanos();
        long nanos = Math.min(total.toNanos(), deadline.remaining().toNanos());
        this.timeOut = timer.schedule(this::abort, nanos, TimeUnit.NANOSECONDS);
        this.registration = deadline.onEnd(this::abort);
    }

    /**
     * Makes this the request that is aborted at the end.
     *
     * @throws ModelException if the end has come
     */
    void begin(HttpUriRequestBase request) {
        current.set(request);
        if (hasEnded()) {
            throw TransportFailure.tooLate();
        }
    }

    /** Keeps the place of the attempt under way until there is another one, or the call is closed. */
    void hold(Permit next) {
        leave(permit.getAndSet(next));
    }

    /** The endpoint has failed after it had begun to answer. */
    void failed() {
        Permit held = permit.get();
        if (held != null) {
            held.failed();
        }
    }

    /** Whether whoever asked has given up, or has no time left; not whether the endpoint was too slow. */
    boolean isGivenUp() {
        return deadline.hasEnded() || deadline.remaining().toMillis() <= 1;
    }

    boolean hasEnded() {
        return end.isDone() || deadline.hasEnded() || endNanos - System.nanoTime() <= 0;
    }

    /** What is left of the time, at least a millisecond: the HTTP client takes zero for "without end". */
    Duration remaining() {
        Duration left = Duration.ofNanos(endNanos - System.nanoTime());
        Duration shorter = left.compareTo(deadline.remaining()) < 0 ? left : deadline.remaining();
        return shorter.toMillis() < 1 ? Duration.ofMillis(1) : shorter;
    }

    /**
     * Waits before another attempt.
     *
     * @return whether there is time for one; if not, there was no wait
     * @throws ModelException if the end came while waiting
     */
    boolean pause(Duration pause) {
        if (pause.compareTo(remaining()) >= 0) {
            return false;
        }
        try {
            end.get(pause.toNanos(), TimeUnit.NANOSECONDS);
            throw TransportFailure.tooLate();
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TransportFailure.tooLate();
        }
    }

    /**
     * Waits for what cannot be aborted.
     *
     * @param most how long at most; less if the call ends before
     * @throws TimeoutException if it has not come in that time
     */
    <T> T await(CompletableFuture<T> coming, Duration most)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.anyOf(coming, end).get(most.toNanos(), TimeUnit.NANOSECONDS);
        if (!coming.isDone()) {
            throw new TimeoutException();
        }
        return coming.get();
    }

    /** Ends the call in this time if it has not ended before, and if what is returned is not cancelled. */
    Future<?> endIn(Duration time) {
        try {
            return timer.schedule(this::abort, time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The client has been closed, and with it the connection.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Ends the call now. May be called by any thread, at any time. */
    void abort() {
        end.complete(null);
        HttpUriRequestBase request = current.get();
        if (request != null) {
            request.cancel();
        }
    }

    @Override
    public void close() {
        timeOut.cancel(false);
        registration.close();
        leave(permit.get());
    }

    private static void leave(@Nullable Permit held) {
        if (held != null) {
            held.close();
        }
    }
}
