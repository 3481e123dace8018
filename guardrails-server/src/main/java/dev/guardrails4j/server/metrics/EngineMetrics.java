package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.ObservedRequest.Operation;
import dev.guardrails4j.engine.trace.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts what an engine does. Safe for use by many threads. */
final class EngineMetrics implements EngineObserver {

    private static final int MOST_ERRORS = 50;
    private static final int MOST_BREAKERS = 600;

    private final MeterRegistry registry;
    private final LongAdder active = new LongAdder();
    private final PerConstant<Operation, OperationMeters> operations;
    private final BoundedSeries<String, Counter> errors;
    private final BoundedSeries<String, Counter> blocks;
    private final BoundedSeries<Transition, Counter> transitions;
    private final PerConstant<Reloaded, Counter> reloads;
    private final RailMetrics rails;
    private final UpstreamMetrics upstreams;

    EngineMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.rails = new RailMetrics(registry);
        this.upstreams = new UpstreamMetrics(registry);
        this.operations = PerConstant.of(Operation.class, this::operation);
        this.errors = new BoundedSeries<>(MOST_ERRORS, BoundedSeries.OTHER, this::error);
        this.blocks = new BoundedSeries<>(MOST_ERRORS, BoundedSeries.OTHER, this::block);
        this.transitions = new BoundedSeries<>(
                MOST_BREAKERS, new Transition(BoundedSeries.OTHER, BoundedSeries.OTHER), this::transition);
        this.reloads = PerConstant.of(Reloaded.class, this::reload);
        Gauge.builder("guardrails.requests.active", active, LongAdder::sum)
                .description("Requests that run now")
                .register(registry);
    }

    @Override
    public RequestObserver begins(ObservedRequest request) {
        active.increment();
        return new RequestMetrics(this, request.operation());
    }

    @Override
    public void breakerChanged(String rail, String state) {
        transitions.of(new Transition(rail, state)).increment();
    }

    @Override
    public void upstreamChanged(String upstream, String state) {
        upstreams.changed(upstream, state);
    }

    @Override
    public void upstreamNotAsked(String upstream, NotAsked why) {
        upstreams.notAsked(upstream, why);
    }

    @Override
    public void reloaded(Reloaded what) {
        reloads.of(what).increment();
    }

    RailMetrics rails() {
        return rails;
    }

    /** A request is over. */
    void ended(Operation operation, long nanos) {
        active.decrement();
        operations.of(operation).ended(nanos);
    }

    /** A request has failed. */
    void failed(String errorType) {
        errors.of(errorType).increment();
    }

    /** A request was blocked. */
    void blocked(String railType) {
        blocks.of(railType).increment();
    }

    private OperationMeters operation(Operation operation) {
        Tags tags = Tags.of("operation", lower(operation));
        return new OperationMeters(
                Counter.builder("guardrails.requests")
                        .description("Requests to the engine that have ended")
                        .tags(tags)
                        .register(registry),
                Buckets.request(registry, "guardrails.request.duration", "How long requests to the engine took", tags));
    }

    private Counter error(String errorType) {
        return Counter.builder("guardrails.requests.errors")
                .description("Requests to the engine that have failed")
                .tag("error.type", errorType)
                .register(registry);
    }

    private Counter block(String railType) {
        return Counter.builder("guardrails.requests.blocked")
                .description("Requests to the engine that a rail has blocked")
                .tag("rail.type", railType)
                .register(registry);
    }

    private Counter transition(Transition transition) {
        return Counter.builder("guardrails.rail.circuit_breaker.transitions")
                .description("Changes of circuit breakers of rails")
                .tag("rail.name", transition.rail())
                .tag("state", transition.state())
                .register(registry);
    }

    private Counter reload(Reloaded what) {
        return Counter.builder("guardrails.reloads")
                .description("How often something was read anew while the server ran")
                .tag("what", lower(what))
                .register(registry);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A change of a breaker. */
    private record Transition(String rail, String state) {}

    /** What requests of one kind are counted by. */
    private record OperationMeters(Counter count, Timer duration) {

        void ended(long nanos) {
            count.increment();
            duration.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
