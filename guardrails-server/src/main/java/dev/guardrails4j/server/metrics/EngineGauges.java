package dev.guardrails4j.server.metrics;

import static dev.guardrails4j.server.metrics.LimitGauges.gauge;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.pipeline.RailGates;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.server.metrics.LimitGauges.Use;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is read off an engine when somebody asks: plug-ins, configurations, and what rails and upstreams use of their limits. */
final class EngineGauges {

    private final RailGates gates;
    private final UpstreamGauges upstreams;
    private final LimitGauges rails;

    EngineGauges(MeterRegistry registry, Configurations configurations, RailGates gates, UpstreamGauges upstreams) {
        this.gates = gates;
        this.upstreams = upstreams;
        this.rails = new LimitGauges(
                "rail.name",
                gauge(registry, "guardrails.rail.checks.active", "Checks of a rail that run now"),
                gauge(registry, "guardrails.rail.checks.limit", "How many checks of a rail may run at once"),
                gauge(
                        registry,
                        "guardrails.rail.circuit_breakers.tripped",
                        "Circuit breakers of a rail that are open or half open; each mention in a configuration has one"));
        plugins(registry, configurations, Plugin.Origin.CLASS_PATH, "bundled");
        plugins(registry, configurations, Plugin.Origin.DROPPED, "dropped");
        Gauge.builder(
                        "guardrails.plugins.problems",
                        configurations,
                        it -> it.plugins().problems().size())
                .description("What of plug-ins was refused or cannot be used")
                .register(registry);
        Gauge.builder(
                        "guardrails.configurations",
                        configurations,
                        it -> it.ids().size())
                .description("Configurations of the operator that there are")
                .register(registry);
        Gauge.builder(
                        "guardrails.configurations.outdated",
                        configurations,
                        it -> it.outdated().size())
                .description("Configurations whose newest version cannot be used, so that an earlier one is")
                .register(registry);
    }

    private static void plugins(
            MeterRegistry registry, Configurations configurations, Plugin.Origin origin, String shown) {
        Gauge.builder(
                        "guardrails.plugins.loaded",
                        configurations,
                        it -> it.plugins().plugins().stream()
                                .filter(plugin -> plugin.origin() == origin)
                                .count())
                .description("Plug-ins that are in use")
                .tag("origin", shown)
                .register(registry);
    }

    /** Reads what rails and upstreams use of their limits. */
    synchronized void read() {
        upstreams.read();
        rails.show(
                gates.loads().stream().map(load -> new Use(load.rail(), load.running(), load.most(), load.tripped())));
    }
}
