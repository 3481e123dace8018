package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.RailObserver;
import dev.guardrails4j.engine.trace.RailObserver.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts rails by name, stage and verdict. Safe for use by many threads. */
final class RailMetrics {

    /** Names of rails come from jars; there are some 80 in all of the reference. */
    private static final int MOST_RAILS = 500;

    private static final String GENERATION = "generation";

    private final MeterRegistry registry;
    private final CallMetrics calls;
    private final BoundedSeries<Key, Meters> rails;
    private final RailObserver generation;

    RailMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.calls = new CallMetrics(registry);
        this.rails = new BoundedSeries<>(MOST_RAILS, new Key(BoundedSeries.OTHER, BoundedSeries.OTHER), this::meters);
        this.generation = new GenerationCalls(calls);
    }

    /** A rail begins. The generation is no rail: only its calls count. */
    RailObserver begins(String type, String name) {
        return type.equals(GENERATION) ? generation : new RailCheck(rails.of(new Key(type, name)), calls);
    }

    /** Models that there are, whether or not they are ever asked or answer. */
    void expect(List<ModelConfig> models) {
        models.forEach(calls::expect);
    }

    private Meters meters(Key key) {
        Tags tags = Tags.of("rail.name", key.name(), "rail.type", key.type());
        return new Meters(
                PerConstant.of(Outcome.class, outcome -> verdict(tags, EngineMetrics.lower(outcome))),
                verdict(tags, "cancelled"),
                PerConstant.of(
                        Fault.class,
                        fault -> Counter.builder("guardrails.rail.faults")
                                .description("Checks of rails that did not decide, by why")
                                .tags(tags.and("fault", EngineMetrics.lower(fault)))
                                .register(registry)),
                Counter.builder("guardrails.rail.known_verdicts")
                        .description("Checks of rails that did not run, because what they once decided was known")
                        .tags(tags)
                        .register(registry),
                Counter.builder("guardrails.rail.unknown_verdicts")
                        .description(
                                "Checks of earlier turns that had to run, because what rails decided was not known")
                        .tags(tags)
                        .register(registry),
                Buckets.rail(registry, "guardrails.rail.duration", "How long checks of rails took", tags));
    }

    private Counter verdict(Tags tags, String verdict) {
        return Counter.builder("guardrails.rails")
                .description("Checks of rails that have ended, by their verdict")
                .tags(tags.and("verdict", verdict))
                .register(registry);
    }

    private record Key(String type, String name) {}

    /** What checks of one rail at one stage are counted by. */
    record Meters(
            PerConstant<Outcome, Counter> outcomes,
            Counter cancelled,
            PerConstant<Fault, Counter> faults,
            Counter known,
            Counter unknown,
            Timer duration) {

        void ended(Counter verdict, long nanos) {
            verdict.increment();
            duration.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
