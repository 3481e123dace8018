package dev.guardrails4j.server.settings;

import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.UpstreamLimits.Breaker;
import java.time.Duration;
import java.util.Optional;

/** Reads what calls of one server may take: {@code models.max_concurrent_calls}, {@code models.circuit_breaker} ... */
final class UpstreamLimitsReader {

    private static final int MOST_CALLS = 1_000_000;
    private static final int MOST_REMEMBERED = 10_000;
    private static final int PERCENT = 100;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_OPEN = Duration.ofMillis(1);
    private static final Duration LONGEST_OPEN = Duration.ofHours(1);

    private UpstreamLimitsReader() {}

    /** @param section {@code models} */
    static UpstreamLimits read(Section section) {
        UpstreamLimits base = UpstreamLimits.DEFAULT;
        return new UpstreamLimits(
                section.integer("max_concurrent_calls", 1, MOST_CALLS).orElse(base.maxConcurrentCalls()),
                section.duration("max_call_wait", Duration.ZERO, LONGEST_WAIT).orElse(base.maxWait()),
                breaker(section.at("circuit_breaker")));
    }

    private static Optional<Breaker> breaker(Section section) {
        Breaker base = Breaker.DEFAULT;
        Optional<Integer> givenWindow = section.integer("window", 1, MOST_REMEMBERED);
        Optional<Integer> givenMinimum = section.integer("minimum_calls", 1, MOST_REMEMBERED);
        int window = givenWindow.orElseGet(() -> Math.max(base.window(), givenMinimum.orElse(1)));
        int minimum = givenMinimum.orElseGet(() -> Math.min(base.minimumCalls(), window));
        if (minimum > window) {
            section.reject("minimum_calls", "must not be more than window");
        }
        Breaker breaker = new Breaker(
                section.integer("failure_rate", 1, PERCENT).orElse(base.failureRate()),
                window,
                Math.min(minimum, window),
                section.duration("open_for", SHORTEST_OPEN, LONGEST_OPEN).orElse(base.openFor()),
                section.integer("half_open_calls", 1, MOST_REMEMBERED).orElse(base.halfOpenCalls()),
                section.duration("late_after", Duration.ZERO, LONGEST_OPEN).orElse(base.lateAfter()));
        return section.flag("enabled").orElse(true) ? Optional.of(breaker) : Optional.empty();
    }
}
