package dev.guardrails4j.server.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Makes histograms. The bounds of their buckets are those of the reference and of the GenAI conventions, contract "config and
 * rails" 6.6.
 */
final class Buckets {

    /** Of requests, most of which wait for models. */
    private static final Duration[] REQUEST =
            seconds(.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10, 30, 60);

    /** Of rails: a list of words takes microseconds, a judge seconds. */
    private static final Duration[] RAIL =
            seconds(.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30);

    /** Of calls of models: 10 ms, doubled up to 81.92 s. */
    private static final Duration[] MODEL = seconds(
            IntStream.range(0, 14).mapToDouble(power -> .01 * (1 << power)).toArray());

    /** Of tokens: powers of four up to 4^13. */
    private static final double[] TOKENS =
            IntStream.range(0, 14).mapToDouble(power -> 1L << (2 * power)).toArray();

    private Buckets() {}

    static Timer request(MeterRegistry registry, String name, String description, Tags tags) {
        return timer(registry, name, description, tags, REQUEST);
    }

    static Timer rail(MeterRegistry registry, String name, String description, Tags tags) {
        return timer(registry, name, description, tags, RAIL);
    }

    static Timer model(MeterRegistry registry, String name, String description, Tags tags) {
        return timer(registry, name, description, tags, MODEL);
    }

    static DistributionSummary tokens(MeterRegistry registry, String name, String description, Tags tags) {
        return DistributionSummary.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(TOKENS)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description, Tags tags, Duration[] bounds) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    private static Duration[] seconds(double... bounds) {
        return Arrays.stream(bounds)
                .mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
                .toArray(Duration[]::new);
    }
}
