package dev.guardrails4j.engine.upstream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What calls of one upstream may take, all configurations together, so that a slow or faulty one does not take the others with
 * it. An upstream is a scheme, a host and a port. Immutable.
 *
 * @param maxConcurrentCalls how many calls may run at once, at least 1; a stream is one until it ends
 * @param maxWait how long one more waits for a place; not negative
 * @param breaker when an upstream that fails again and again is left alone for a while; empty for never
 */
public record UpstreamLimits(int maxConcurrentCalls, Duration maxWait, Optional<Breaker> breaker) {

    /** As many calls as there are connections; one more waits for a second. */
    public static final UpstreamLimits DEFAULT =
            new UpstreamLimits(20_000, Duration.ofSeconds(1), Optional.of(Breaker.DEFAULT));

    public UpstreamLimits {
        Objects.requireNonNull(maxWait, "maxWait is null");
        Objects.requireNonNull(breaker, "breaker is null");
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException("maxConcurrentCalls is below 1");
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait is negative");
        }
    }

    /** The same with another breaker. */
    public UpstreamLimits with(Breaker other) {
        return new UpstreamLimits(maxConcurrentCalls, maxWait, Optional.of(other));
    }

    /**
     * When an upstream is left alone. Each attempt of a call counts. It fails if the connection is refused or breaks, no answer
     * comes in the time that the model's configuration gives, the status is 500 or above, or the answer cannot be read. Any
     * other answer says that the upstream works; a call that its caller gave up says nothing.
     *
     * @param failureRate the share of failed attempts in percent, 1 to 100, that opens the breaker
     * @param window how many of the last attempts it is the share of, at least 1
     * @param minimumCalls how many attempts there must have been, 1 to {@code window}
     * @param openFor how long nothing is sent then
     * @param halfOpenCalls how many attempts are let through after that, at least 1; their share of failures decides
     * @param lateAfter an attempt that had less time than this is not counted for being late
     */
    public record Breaker(
            int failureRate, int window, int minimumCalls, Duration openFor, int halfOpenCalls, Duration lateAfter) {

        /** Left alone for 10 s when half of the last 20 to 100 attempts have failed. */
        public static final Breaker DEFAULT =
                new Breaker(50, 100, 20, Duration.ofSeconds(10), 3, Duration.ofSeconds(1));

        public Breaker {
            if (failureRate < 1 || failureRate > 100) {
                throw new IllegalArgumentException("failureRate is not within 1 and 100");
            }
            if (window < 1 || halfOpenCalls < 1 || openFor.isZero() || openFor.isNegative()) {
                throw new IllegalArgumentException("window, openFor and halfOpenCalls must be more than nothing");
            }
            if (minimumCalls < 1 || minimumCalls > window) {
                throw new IllegalArgumentException("minimumCalls is not within 1 and window");
            }
            if (lateAfter.isNegative()) {
                throw new IllegalArgumentException("lateAfter is negative");
            }
        }
    }
}
