package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.RequestTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A deadline that runs now. Guarded by its own monitor; aborts run outside of it. The clock is only asked once there is
 * something to abort.
 */
final class RunningDeadline implements Deadline, AutoCloseable {

    private static final Registration NOTHING = () -> {};

    private final ScheduledExecutorService clock;
    private final long endNanos;
    private final List<Runnable> aborts = new ArrayList<>();
    private Registration parent = NOTHING;
    private @Nullable ScheduledFuture<?> alarm;
    private boolean cancelled;
    private boolean cancelledInTime;

    private RunningDeadline(ScheduledExecutorService clock, long endNanos) {
        this.clock = clock;
        this.endNanos = endNanos;
    }

    static RunningDeadline in(Duration limit, ScheduledExecutorService clock) {
        return new RunningDeadline(clock, System.nanoTime() + limit.toNanos());
    }

    /** A deadline that ends when {@code limit} has passed, or with this one. */
    RunningDeadline within(Duration limit) {
        long limitNanos = Math.min(limit.toNanos(), remaining().toNanos());
        RunningDeadline child = new RunningDeadline(clock, System.nanoTime() + limitNanos);
        child.parent = onEnd(child::cancel);
        return child;
    }

    @Override
    public synchronized Duration remaining() {
        return cancelled ? Duration.ZERO : Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Whether it was cancelled before its time had passed: nobody waits any more. */
    synchronized boolean wasCancelled() {
        return cancelledInTime;
    }

    /** A failure; or, if this has ended, that it has: what was aborted then failed for no reason of its own. */
    RuntimeException reason(RuntimeException failure) {
        if (!hasEnded()) {
            return failure;
        }
        return wasCancelled() ? new RequestCancelledException(failure) : new RequestTimeoutException(failure);
    }

    @Override
    public boolean hasEnded() {
        return remaining().isZero();
    }

    @Override
    public Registration onEnd(Runnable abort) {
        synchronized (this) {
            if (!hasEnded()) {
                aborts.add(abort);
                if (alarm == null) {
                    alarm = clock.schedule(this::cancel, endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
                return () -> forget(abort);
            }
        }
        abort.run();
        return NOTHING;
    }

    private synchronized void forget(Runnable abort) {
        aborts.remove(abort);
    }

    /** Ends it now: whatever is registered is aborted. */
    void cancel() {
        List<Runnable> toRun;
        synchronized (this) {
            cancelledInTime |= !cancelled && System.nanoTime() < endNanos;
            cancelled = true;
            stopClock();
            toRun = List.copyOf(aborts);
            aborts.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /** The call is over, in time: nothing is left to abort. */
    @Override
    public void close() {
        synchronized (this) {
            stopClock();
            aborts.clear();
        }
        parent.close();
    }

    private void stopClock() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
