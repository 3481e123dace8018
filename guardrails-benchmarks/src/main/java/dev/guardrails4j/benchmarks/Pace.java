package dev.guardrails4j.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** When requests are to be sent, in nanoseconds after the start. Safe for several threads, which share one pace. */
interface Pace {

    /** Says that no more requests are to be sent. */
    long NO_MORE = -1;

    /**
     * Hands out the next request.
     *
     * @param elapsedNanos the time since the start
     * @return when the request is to be sent, which may be in the past, or {@link #NO_MORE}
     */
    long next(long elapsedNanos);

    /** How many requests were to be sent and never were handed out. */
    long leftOver();

    /**
     * Open loop: requests are due at a fixed rate, whatever becomes of those before them, as if from independent users.
     * One that finds every connection busy is sent late and counts from when it was due.
     */
    static Pace fixedRate(double perSecond, Duration duration) {
        long total = Math.max(1, Math.round(perSecond * duration.toNanos() / 1e9));
        AtomicLong handedOut = new AtomicLong();
        return new Pace() {
            @Override
            public long next(long elapsedNanos) {
                long number = handedOut.getAndIncrement();
                return number < total ? (long) (number * 1e9 / perSecond) : NO_MORE;
            }

            @Override
            public long leftOver() {
                return Math.max(0, total - handedOut.get());
            }
        };
    }

    /** Closed loop: every connection sends its next request when it has the answer to the last. */
    static Pace asFastAsAnswered(Duration duration) {
        long end = duration.toNanos();
        return new Pace() {
            @Override
            public long next(long elapsedNanos) {
                return elapsedNanos < end ? elapsedNanos : NO_MORE;
            }

            @Override
            public long leftOver() {
                return 0;
            }
        };
    }
}
