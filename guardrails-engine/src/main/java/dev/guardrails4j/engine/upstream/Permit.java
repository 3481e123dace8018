package dev.guardrails4j.engine.upstream;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The place of one attempt at an upstream, kept until it is closed. Safe for use by many threads.
 */
public final class Permit implements AutoCloseable {

    private enum Outcome {
        UNKNOWN,
        WORKED,
        FAILED,
        NOTHING
    }

    private final Semaphore places;
    private final Optional<UpstreamBreaker> breaker;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.UNKNOWN);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** For a place that has been taken, and an attempt that the breaker has let through. */
    Permit(Semaphore places, Optional<UpstreamBreaker> breaker) {
        this.places = places;
        this.breaker = breaker;
    }

    /** The upstream has answered, or has begun to. */
    public void worked() {
        if (outcome.compareAndSet(Outcome.UNKNOWN, Outcome.WORKED)) {
            breaker.ifPresent(UpstreamBreaker::worked);
        }
    }

    /** The upstream has failed. May follow on {@link #worked} if it breaks off its answer, and counts once more then. */
    public void failed() {
        if (outcome.compareAndSet(Outcome.UNKNOWN, Outcome.FAILED)
                || outcome.compareAndSet(Outcome.WORKED, Outcome.FAILED)) {
            breaker.ifPresent(UpstreamBreaker::failed);
        }
    }

    /** Gives the place back. If nothing was said before, the attempt says nothing about the upstream. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (outcome.compareAndSet(Outcome.UNKNOWN, Outcome.NOTHING)) {
            breaker.ifPresent(UpstreamBreaker::ended);
        }
        places.release();
    }
}
