package dev.guardrails4j.engine.upstream;

import dev.guardrails4j.engine.upstream.UpstreamLimits.Breaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The circuit breaker of an upstream. Says each change of its state in the log. Takes no locks. */
final class UpstreamBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamBreaker.class);
    /** When the next try may be, while a few calls find out. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final String upstream;
    private final Breaker limits;
    private final Clock clock;
    private final Consumer<String> whenChanged;
    private final CircuitBreaker breaker;
    private volatile Instant triedAgain = Instant.MIN;

    /**
     * @param upstream as it is to be named in the log
     * @param clock what {@code openFor} is measured by; it is not to be set while it runs
     * @param whenChanged told of the new state: {@code "closed"}, {@code "open"}, {@code "half_open"}
     */
    UpstreamBreaker(String upstream, Breaker limits, Clock clock, Consumer<String> whenChanged) {
        this.upstream = upstream;
        this.limits = limits;
        this.clock = clock;
        this.whenChanged = whenChanged;
        this.breaker = CircuitBreaker.of(
                upstream,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(limits.failureRate())
                        .slidingWindow(
                                limits.window(),
                                limits.minimumCalls(),
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .waitDurationInOpenState(limits.openFor())
                        .permittedNumberOfCallsInHalfOpenState(limits.halfOpenCalls())
                        .writableStackTraceEnabled(false)
                        .clock(clock)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    }

    private void changed(State state) {
        switch (state) {
            case OPEN -> {
                triedAgain = clock.instant().plus(limits.openFor());
                LOG.warn(
                        "The circuit breaker of the upstream {} is open now: at least {} % of its last calls failed; it is"
                                + " tried again in {} s",
                        upstream,
                        limits.failureRate(),
                        BigDecimal.valueOf(limits.openFor().toMillis(), 3)
                                .stripTrailingZeros()
                                .toPlainString());
            }
            case HALF_OPEN ->
                LOG.info(
                        "The circuit breaker of the upstream {} is half open now: {} calls try it",
                        upstream,
                        limits.halfOpenCalls());
            default -> LOG.info("The circuit breaker of the upstream {} is closed now: it works again", upstream);
        }
        whenChanged.accept(state.name().toLowerCase(Locale.ROOT));
    }

    /** Whether an attempt may be made. If so, what becomes of it must follow. */
    boolean lets() {
        return breaker.tryAcquirePermission();
    }

    /** Whether nothing is sent now. */
    boolean isOpen() {
        return breaker.getState() == State.OPEN && clock.instant().isBefore(triedAgain);
    }

    boolean isTripped() {
        return breaker.getState() != State.CLOSED;
    }

    /** How long until the upstream is tried again. */
    Duration untilNextTry() {
        Duration left = Duration.between(clock.instant(), triedAgain);
        return left.isNegative() || left.isZero() ? SOON : left;
    }

    void worked() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void failed() {
        breaker.onError(0, TimeUnit.NANOSECONDS, new UpstreamRefusal("an attempt failed"));
    }

    /** The attempt says nothing about the upstream. */
    void ended() {
        breaker.releasePermission();
    }
}
