package dev.guardrails4j.api;

import java.time.Duration;

/**
 * How long a call may take, and whether its result is still wanted. Safe for use by many threads.
 *
 * <p>An interrupt does not wake every blocking call: a socket read on a platform thread goes on. What holds such a
 * resource says with {@link #onEnd} how it is aborted.
 *
 * @since 0.1
 */
public interface Deadline {

    /** The time left; zero when it has passed or the call was cancelled, never negative. */
    Duration remaining();

    /** Whether the time has passed or the call was cancelled. */
    boolean hasEnded();

    /**
     * Runs {@code abort} once when the deadline passes or the call is cancelled; at once if that has happened. {@code
     * abort} must be quick and must not throw.
     *
     * @return to be closed when there is nothing left to abort
     */
    Registration onEnd(Runnable abort);

    /** Keeps an abort registered until it is closed. */
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
