package dev.guardrails4j.server.wire;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tells times as the reference does: in seconds, to the microsecond, never in scientific notation. */
public final class Seconds {

    private static final int MICROSECONDS = 6;

    private Seconds() {}

    /** Seconds since 1970. */
    public static BigDecimal of(Instant instant) {
        return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant), MICROSECONDS);
    }

    public static BigDecimal of(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1_000, MICROSECONDS);
    }
}
