package dev.guardrails4j.server.http;

import java.time.Duration;

/** Since when something is waited for, while it is. Safe for use by many threads. */
final class WaitingTime {

    private static final long NONE = Long.MAX_VALUE;

    private volatile long beganNanos = NONE;

    /** It is waited for from now on, if it is not already. */
    void begin() {
        if (!isRunning()) {
            beganNanos = System.nanoTime();
        }
    }

    /** It has come, or nobody waits for it. */
    void end() {
        beganNanos = NONE;
    }

    boolean isRunning() {
        return beganNanos != NONE;
    }

    boolean isLongerThan(Duration time) {
        long began = beganNanos;
        return began != NONE && System.nanoTime() - began > time.toNanos();
    }
}
