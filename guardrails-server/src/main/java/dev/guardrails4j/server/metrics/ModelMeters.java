package dev.guardrails4j.server.metrics;

import dev.guardrails4j.api.TokenUsage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What calls of one model are counted by: OpenTelemetry's GenAI conventions. Safe for use by many threads. */
final class ModelMeters {

    private static final int MOST_ERRORS = 20;

    private final Timer firstChunk;
    private final Timer perChunk;
    private final DistributionSummary input;
    private final DistributionSummary output;
    private final BoundedSeries<String, Timer> durations;

    ModelMeters(MeterRegistry registry, Tags tags) {
        this.firstChunk = Buckets.model(
                registry,
                "gen_ai.client.operation.time_to_first_chunk",
                "How long the first chunk of streamed answers took",
                tags);
        this.perChunk = Buckets.model(
                registry,
                "gen_ai.client.operation.time_per_output_chunk",
                "How long each further chunk of streamed answers took",
                tags);
        this.input = tokens(registry, tags, "input");
        this.output = tokens(registry, tags, "output");
        this.durations = new BoundedSeries<>(
                MOST_ERRORS,
                BoundedSeries.OTHER,
                errorType -> Buckets.model(
                        registry,
                        "gen_ai.client.operation.duration",
                        "How long calls of models took",
                        tags.and("error.type", errorType)));
    }

    private static DistributionSummary tokens(MeterRegistry registry, Tags tags, String type) {
        return Buckets.tokens(
                registry,
                "gen_ai.client.token.usage",
                "How many tokens calls of models took",
                tags.and("gen_ai.token.type", type));
    }

    /** @param errorType empty if it has answered */
    void ended(String errorType, long nanos) {
        durations.of(errorType).record(nanos, TimeUnit.NANOSECONDS);
    }

    void spent(TokenUsage usage) {
        if (usage.totalTokens() > 0) {
            input.record((double) usage.promptTokens());
            output.record((double) usage.completionTokens());
        }
    }

    void firstChunk(long nanos) {
        firstChunk.record(nanos, TimeUnit.NANOSECONDS);
    }

    void chunk(long nanos) {
        perChunk.record(nanos, TimeUnit.NANOSECONDS);
    }
}
