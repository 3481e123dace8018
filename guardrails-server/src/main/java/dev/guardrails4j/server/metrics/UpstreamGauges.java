package dev.guardrails4j.server.metrics;

import static dev.guardrails4j.server.metrics.LimitGauges.gauge;

import dev.guardrails4j.engine.upstream.Upstreams;
import dev.guardrails4j.engine.upstream.Upstreams.Load;
import dev.guardrails4j.server.metrics.LimitGauges.Use;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What upstreams use of their limits, read off when somebody asks. */
final class UpstreamGauges {

    private static final int MOST = 100;

    private static final Comparator<Load> LEFT_ALONE_THEN_BUSIEST = Comparator.comparing(Load::isTripped)
            .thenComparing(Load::running)
            .reversed()
            .thenComparing(Load::upstream);

    private final Upstreams upstreams;
    private final LimitGauges gauges;

    UpstreamGauges(MeterRegistry registry, Upstreams upstreams) {
        this.upstreams = upstreams;
        this.gauges = new LimitGauges(
                "upstream",
                gauge(registry, "guardrails.upstream.calls.active", "Calls of an upstream that run now"),
                gauge(registry, "guardrails.upstream.calls.limit", "How many calls of an upstream may run at once"),
                gauge(
                        registry,
                        "guardrails.upstream.circuit_breakers.tripped",
                        "1 if the circuit breaker of an upstream is open or half open"));
    }

    /** Reads it. Beyond the bound, those are shown together that are neither left alone nor busy. */
    synchronized void read() {
        List<Load> loads =
                upstreams.loads().stream().sorted(LEFT_ALONE_THEN_BUSIEST).toList();
        gauges.show(Stream.concat(
                loads.stream().limit(MOST).map(load -> use(load.upstream(), load)),
                loads.stream().skip(MOST).map(load -> use(BoundedSeries.OTHER, load))));
    }

    private static Use use(String name, Load load) {
        return new Use(name, load.running(), load.most(), load.isTripped() ? 1 : 0);
    }
}
