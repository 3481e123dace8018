package dev.guardrails4j.engine.upstream;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.EngineObserver.NotAsked;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server that is called, by whatever configuration. Safe for use by many threads. */
public final class Upstream {

    /** Which code tells that a server is left alone. */
    public static final String CIRCUIT_OPEN = "model_circuit_open";

    /** Which code tells that as many calls run as may. */
    public static final String BUSY = "model_busy";

    private static final Duration SOON = Duration.ofSeconds(1);

    private final String name;
    private final UpstreamLimits limits;
    private final EngineObserver observer;
    private final Semaphore places;
    private final Optional<UpstreamBreaker> breaker;

    Upstream(UpstreamAddress address, UpstreamLimits limits, EngineObserver observer, Clock clock) {
        this.name = address.toString();
        this.limits = limits;
        this.observer = observer;
        this.places = new Semaphore(limits.maxConcurrentCalls());
        this.breaker = limits.breaker()
                .map(its -> new UpstreamBreaker(name, its, clock, state -> observer.upstreamChanged(name, state)));
    }

    /**
     * A place for one attempt, to be closed. Waits for one if there is none, no longer than this.
     *
     * @throws ModelException if the upstream is left alone, or there is no place; it says when to try again
     */
    public Permit enter(Duration most) {
        if (breaker.isPresent() && !breaker.get().lets()) {
            observer.upstreamNotAsked(name, NotAsked.CIRCUIT_OPEN);
            throw leftAlone(breaker.get().untilNextTry());
        }
        if (!hasPlace(most)) {
            breaker.ifPresent(UpstreamBreaker::ended);
            observer.upstreamNotAsked(name, NotAsked.BUSY);
            throw busy();
        }
        return new Permit(places, breaker);
    }

    /** Whether another attempt would be refused. */
    public boolean isLeftAlone() {
        return breaker.isPresent() && breaker.get().isOpen();
    }

    /** Whether an attempt is the upstream's fault that got no answer in this time. */
    public boolean isLate(Duration waited) {
        // A tenth less is as good: some of a call's time is over before its attempt begins.
        return limits.breaker()
                .filter(its -> waited.multipliedBy(10).compareTo(its.lateAfter().multipliedBy(9)) >= 0)
                .isPresent();
    }

    Upstreams.Load load() {
        return new Upstreams.Load(
                name,
                limits.maxConcurrentCalls() - places.availablePermits(),
                limits.maxConcurrentCalls(),
                breaker.isPresent() && breaker.get().isTripped());
    }

    private boolean hasPlace(Duration most) {
        if (places.tryAcquire()) {
            return true;
        }
        Duration wait = most.compareTo(limits.maxWait()) < 0 ? most : limits.maxWait();
        try {
            return !wait.isZero() && places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ModelException leftAlone(Duration wait) {
        return ModelException.withMessage(
                        "the model is not asked, for its server has failed again and again; it is tried again in "
                                + Math.max(1, (wait.toMillis() + 999) / 1_000) + " s")
                .code(CIRCUIT_OPEN)
                .retryAfter(wait)
                .cause(new UpstreamRefusal("the circuit breaker of " + name + " is open"))
                .build();
    }

    private ModelException busy() {
        return ModelException.withMessage("the model is not asked, for as many calls of its server run as may at once")
                .code(BUSY)
                .retryAfter(SOON)
                .cause(new UpstreamRefusal("all " + limits.maxConcurrentCalls() + " places of " + name + " are taken"))
                .build();
    }
}
