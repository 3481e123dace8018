package dev.guardrails4j.testkit;

import dev.guardrails4j.api.Deadline;
import java.time.Duration;

/** A deadline that never comes. */
record EndlessDeadline() implements Deadline {

    private static final Duration REMAINING = Duration.ofHours(1);

    @Override
    public Duration remaining() {
        return REMAINING;
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public Registration onEnd(Runnable abort) {
        return () -> {};
    }
}
