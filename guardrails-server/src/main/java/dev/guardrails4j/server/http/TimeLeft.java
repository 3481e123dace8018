package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.GenerationRequest;
import java.time.Duration;
import java.util.Optional;

/** What is left of the time of a request that has several things checked, one after another. */
final class TimeLeft {

    private static final Duration LEAST = Duration.ofNanos(1);

    /** As long as the engine gives a request that does not say. */
    private static final Duration DEFAULT = Duration.ofMinutes(10);

    private final Duration limit;
    private final long startNanos = System.nanoTime();

    private TimeLeft(Duration limit) {
        this.limit = limit;
    }

    /** @param limit how long all of it may take, if the request says */
    static TimeLeft of(Optional<Duration> limit) {
        return new TimeLeft(limit.orElse(DEFAULT));
    }

    /** The next thing, to be done in what is left. */
    GenerationRequest limit(GenerationRequest next) {
        return next.within(left());
    }

    /** What is left, or less. */
    Duration atMost(Duration length) {
        Duration left = left();
        return left.compareTo(length) < 0 ? left : length;
    }

    private Duration left() {
        Duration left = limit.minusNanos(System.nanoTime() - startNanos);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
}
