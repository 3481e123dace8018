package dev.guardrails4j.server.metrics;

import dev.guardrails4j.engine.upstream.Upstreams;
import dev.guardrails4j.engine.upstream.Upstreams.Load;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What upstreams use of their limits, read off when somebody asks. */
final class UpstreamGauges {

    private static final int MOST = 100;

    private final Upstreams upstreams;
    private final MultiGauge running;
    private final MultiGauge limits;
    private final MultiGauge tripped;

    UpstreamGauges(MeterRegistry registry, Upstreams upstreams) {
        this.upstreams = upstreams;
        this.running = gauge(registry, "guardrails.upstream.calls.active", "Calls of an upstream that run now");
        this.limits =
                gauge(registry, "guardrails.upstream.calls.limit", "How many calls of an upstream may run at once");
        this.tripped = gauge(
                registry,
                "guardrails.upstream.circuit_breakers.tripped",
                "1 if the circuit breaker of an upstream is open or half open");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Reads it. Beyond the bound, those are shown together that are neither left alone nor busy. */
    synchronized void read() {
        List<Load> loads = upstreams.loads().stream()
                .sorted(Comparator.comparing(Load::isTripped)
                        .thenComparing(Load::running)
                        .reversed()
                        .thenComparing(Load::upstream))
                .toList();
        Map<String, List<Load>> shown = new TreeMap<>();
        loads.stream().limit(MOST).forEach(load -> shown.put(load.upstream(), List.of(load)));
        List<Load> others = loads.stream().skip(MOST).toList();
        if (!others.isEmpty()) {
            shown.put(BoundedSeries.OTHER, others);
        }
        running.register(rows(shown, Load::running), true);
        limits.register(rows(shown, Load::most), true);
        tripped.register(rows(shown, load -> load.isTripped() ? 1 : 0), true);
    }

    private static List<MultiGauge.Row<?>> rows(Map<String, List<Load>> shown, ToIntFunction<Load> value) {
        return shown.entrySet().stream()
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(
                        Tags.of("upstream", entry.getKey()),
                        entry.getValue().stream().mapToInt(value).sum()))
                .toList();
    }
}
