package dev.guardrails4j.server.metrics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What things of one kind use of their limits.
 *
 * @param tag whose value is the name of each
 * @param running how many of its places are taken
 * @param limits how many it has
 * @param tripped how many of its circuit breakers are not closed
 */
record LimitGauges(String tag, MultiGauge running, MultiGauge limits, MultiGauge tripped) {

    /** What one of them uses. */
    record Use(String name, int running, int most, int tripped) {}

    static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Shows this and nothing else; uses of the same name together. */
    void show(Stream<Use> uses) {
        Map<String, List<Use>> byName = uses.collect(groupingBy(Use::name, TreeMap::new, toList()));
        running.register(rows(byName, Use::running), true);
        limits.register(rows(byName, Use::most), true);
        tripped.register(rows(byName, Use::tripped), true);
    }

    private List<MultiGauge.Row<?>> rows(Map<String, List<Use>> byName, ToIntFunction<Use> value) {
        return byName.entrySet().stream()
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(
                        Tags.of(tag, entry.getKey()),
                        entry.getValue().stream().mapToInt(value).sum()))
                .toList();
    }
}
