package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A deadline that ends when a test says so. */
final class TestDeadline implements Deadline {

    private final List<Runnable> aborts = new CopyOnWriteArrayList<>();
    private final Duration remaining;
    private volatile boolean ended;

    TestDeadline(Duration remaining) {
        this.remaining = remaining;
    }

    static TestDeadline far() {
        return new TestDeadline(Duration.ofMinutes(5));
    }

    void end() {
        ended = true;
        aborts.forEach(Runnable::run);
    }

    int registrations() {
        return aborts.size();
    }

    @Override
    public Duration remaining() {
        return ended ? Duration.ZERO : remaining;
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public Registration onEnd(Runnable abort) {
        aborts.add(abort);
        if (ended) {
            abort.run();
        }
        return () -> aborts.remove(abort);
    }
}
