package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.trace.EngineObserver.NotAsked;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what becomes of the circuit breakers of upstreams, and what these are not asked. Safe for use by many threads. */
final class UpstreamMetrics {

    private static final int MOST = 300;

    private final MeterRegistry registry;
    private final BoundedSeries<Series, Counter> transitions;
    private final BoundedSeries<Series, Counter> refusals;

    UpstreamMetrics(MeterRegistry registry) {
        this.registry = registry;
        Series others = new Series(BoundedSeries.OTHER, BoundedSeries.OTHER);
        this.transitions = new BoundedSeries<>(MOST, others, this::transition);
        this.refusals = new BoundedSeries<>(MOST, others, this::refusal);
    }

    void changed(String upstream, String state) {
        transitions.of(new Series(upstream, state)).increment();
    }

    void notAsked(String upstream, NotAsked why) {
        refusals.of(new Series(upstream, EngineMetrics.lower(why))).increment();
    }

    private Counter transition(Series series) {
        return Counter.builder("guardrails.upstream.circuit_breaker.transitions")
                .description("Changes of circuit breakers of upstreams")
                .tag("upstream", series.upstream())
                .tag("state", series.what())
                .register(registry);
    }

    private Counter refusal(Series series) {
        return Counter.builder("guardrails.upstream.calls.refused")
                .description("Attempts to call an upstream that were not made")
                .tag("upstream", series.upstream())
                .tag("reason", series.what())
                .register(registry);
    }

    private record Series(String upstream, String what) {}
}
