package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/faults.md: a clock that jumps. */
class RailGateTest {

    private static final RailLimits LIMITS = new RailLimits(
            Optional.empty(),
            10,
            Optional.of(new RailLimits.Breaker(50, 2, Duration.ofSeconds(30), 1)),
            RailLimits.DEFAULT.setupTimeout());

    private final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.parse("2026-03-29T01:30:00Z"));
    private final AtomicLong nanos = new AtomicLong();

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void isShutAsLongAsTheOperatorSaidWhereverTheClockJumps(long hours) {
        RailGate gate = RailGate.of(
                "moody", new Semaphore(10), LIMITS, state -> {}, new SteadyClock(wallClock::get, nanos::get));
        for (int i = 0; i < 2; i++) {
            assertThat(gate.isShut()).isFalse();
            gate.failed(new IllegalStateException());
        }

        wallClock.updateAndGet(now -> now.plus(Duration.ofHours(hours)));
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(gate.isShut()).isTrue();

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(gate.isShut()).isFalse();
    }
}
