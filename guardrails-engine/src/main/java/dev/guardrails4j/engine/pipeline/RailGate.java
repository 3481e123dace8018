package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.SteadyClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every check of a rail goes through: a bulkhead that all mentions of the rail share, and a circuit breaker of this
 * mention's own. Safe for use by many threads.
 */
final class RailGate {

    private static final Logger LOG = LoggerFactory.getLogger(RailGate.class);
    private static final int REMEMBERED_CHECKS = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Semaphore places;
    private final Optional<CircuitBreaker> breaker;

    private RailGate(Semaphore places, Optional<CircuitBreaker> breaker) {
        this.places = places;
        this.breaker = breaker;
    }

    /**
     * @param flow the mention, as it is to be named in the log
     * @param places one for each check of the rail that may run
     * @param whenChanged told of the breaker's new state: {@code "closed"}, {@code "open"}, {@code "half_open"}
     */
    static RailGate of(String flow, Semaphore places, RailLimits limits, Consumer<String> whenChanged) {
        return of(flow, places, limits, whenChanged, SteadyClock.SYSTEM);
    }

    /** @param clock by which a rail is left alone */
    static RailGate of(String flow, Semaphore places, RailLimits limits, Consumer<String> whenChanged, Clock clock) {
        return new RailGate(places, limits.breaker().map(breaker -> breaker(flow, breaker, whenChanged, clock)));
    }

    /** Lets everything through. */
    static RailGate open() {
        return new RailGate(new Semaphore(Integer.MAX_VALUE), Optional.empty());
    }

    private static CircuitBreaker breaker(
            String flow, RailLimits.Breaker limits, Consumer<String> whenChanged, Clock clock) {
        CircuitBreaker breaker = CircuitBreaker.of(
                flow,
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .failureRateThreshold(limits.failureRate())
                        .slidingWindow(
                                Math.max(REMEMBERED_CHECKS, limits.minimumChecks()),
                                limits.minimumChecks(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .waitDurationInOpenState(limits.openFor())
                        .permittedNumberOfCallsInHalfOpenState(limits.probes())
                        .writableStackTraceEnabled(false)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            CircuitBreaker.State now = event.getStateTransition().getToState();
            LOG.warn(
                    "The circuit breaker of the rail '{}' is {} now, and was {}",
                    flow,
                    name(now),
                    name(event.getStateTransition().getFromState()));
            whenChanged.accept(now.name().toLowerCase(Locale.ROOT));
        });
        return breaker;
    }

    private static String name(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> "closed";
            case OPEN, FORCED_OPEN -> "open, for its checks failed again and again";
            case HALF_OPEN -> "half open, to try a few checks";
            default -> state.toString();
        };
    }

    /** Whether the breaker keeps checks from running, or lets a few of them try. */
    boolean isTripped() {
        return breaker.isPresent() && breaker.get().getState() != CircuitBreaker.State.CLOSED;
    }

    /** Whether the rail has failed so often that it is left alone now. If not, the outcome of a check must follow. */
    boolean isShut() {
        return breaker.isPresent() && !breaker.get().tryAcquirePermission();
    }

    /** A check has decided. */
    void decided() {
        breaker.ifPresent(it -> it.onSuccess(0, TimeUnit.NANOSECONDS));
    }

    /** A check has failed by the rail's own fault. */
    void failed(Throwable fault) {
        breaker.ifPresent(it -> it.onError(0, TimeUnit.NANOSECONDS, fault));
    }

    /** A check has ended in a way that says nothing about the rail. */
    void ended() {
        breaker.ifPresent(CircuitBreaker::releasePermission);
    }

    /**
     * A place for one check; waits for one, a while at most.
     *
     * @return empty if there is none
     */
    Optional<Place> enter(Duration remaining) throws InterruptedException {
        Duration wait = remaining.compareTo(LONGEST_WAIT) < 0 ? remaining : LONGEST_WAIT;
        return places.tryAcquire() || places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)
                ? Optional.of(new Place(places))
                : Optional.empty();
    }

    /** The place of one check: given back once, when the check has really ended, or will never begin. */
    static final class Place {

        private enum State {
            WAITING,
            WORKING,
            LEFT
        }

        private final Semaphore places;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        private Place(Semaphore places) {
            this.places = places;
        }

        /** Whether the check may begin: it may not if it was given up before. */
        boolean begin() {
            return state.compareAndSet(State.WAITING, State.WORKING);
        }

        /** The check has ended. */
        void end() {
            if (state.compareAndSet(State.WORKING, State.LEFT)) {
                places.release();
            }
        }

        /** Nobody waits for the check any more: if it has not begun, it will not. */
        void giveUp() {
            if (state.compareAndSet(State.WAITING, State.LEFT)) {
                places.release();
            }
        }
    }
}
