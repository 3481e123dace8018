package dev.guardrails4j.server.access;

import java.time.Duration;

/**
 * What is left of a limit.
 *
 * @param limit so much a minute
 * @param remaining so much at once now, at least 0
 * @param reset how long until all of it is there again
 */
public record Budget(long limit, long remaining, Duration reset) {

    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    /**
     * What is left when it is known how much is there.
     *
     * @param available below 0 if more was spent than there was
     */
    static Budget of(long limit, long available) {
        double missing = (double) (limit - available) / limit;
        return new Budget(limit, Math.max(0, available), Duration.ofNanos((long) (missing * MINUTE_NANOS)));
    }

    /** How long until a unit is there, of which so many come back in a minute. */
    static Duration until(long limit, long available) {
        return Duration.ofNanos((long) ((1.0 - available) / limit * MINUTE_NANOS));
    }
}
