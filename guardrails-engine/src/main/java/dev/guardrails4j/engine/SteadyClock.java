package dev.guardrails4j.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Begins with the machine's time and goes on steadily, whatever is done to that: for what waits by a clock and must not wait an
 * hour longer because somebody set it back. Does not tell the time. Safe for use by many threads.
 */
public final class SteadyClock extends Clock {

    /** By this machine. */
    public static final Clock SYSTEM = new SteadyClock(InstantSource.system(), System::nanoTime);

    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;

    /**
     * @param source asked once
     * @param nanos what goes on, in nanoseconds
     */
    public SteadyClock(InstantSource source, LongSupplier nanos) {
        this.start = source.instant();
        this.startNanos = nanos.getAsLong();
        this.nanos = nanos;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same clock: whoever waits has no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
