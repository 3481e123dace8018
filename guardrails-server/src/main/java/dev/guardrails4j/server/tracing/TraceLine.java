package dev.guardrails4j.server.tracing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file of spans, as the reference's adapter {@code FileSystem} writes it: contract "config and rails" 6.5.
 *
 * @param schemaVersion the reference's
 * @param traceId of the trace that the request is part of; one trace may have several
 * @param startedAt when the request began, ISO 8601; the reference's lines do not tell
 * @param spans in the order they began, that of the request first
 */
record TraceLine(String schemaVersion, String traceId, String startedAt, List<Entry> spans) {

    private static final String SCHEMA_VERSION = "2.0";
    private static final double NANOS = 1e9;

    /** @param spans at least that of the request, which is the first */
    static TraceLine of(List<SpanData> spans, boolean isLegacy) {
        SpanData request = spans.get(0);
        long begin = request.getStartEpochNanos();
        return new TraceLine(
                SCHEMA_VERSION,
                request.getTraceId(),
                Instant.ofEpochSecond(0, begin).toString(),
                spans.stream()
                        .map(span -> Entry.of(span, begin, span == request, isLegacy))
                        .toList());
    }

    /**
     * A span. Times are seconds since the request began; what has not ended with the request has no end.
     *
     * @param metrics of the legacy format, which has them in place of kind, attributes and events
     */
    record Entry(
            String name,
            String spanId,
            @Nullable String parentId,
            double startTime,
            @Nullable Double endTime,
            @Nullable Double duration,
            String spanType,
            @JsonInclude(Include.NON_EMPTY) Map<String, Object> metrics,
            @JsonInclude(Include.NON_NULL) @Nullable String spanKind,
            @JsonInclude(Include.NON_EMPTY) Map<String, Object> attributes,
            @JsonInclude(Include.NON_EMPTY) List<Event> events,
            @JsonInclude(Include.NON_NULL) @Nullable Failure error) {

        private static Entry of(SpanData span, long begin, boolean isRequest, boolean isLegacy) {
            SpanType type = SpanType.of(span.getAttributes(), isRequest);
            Double end = span.hasEnded() ? seconds(span.getEndEpochNanos() - begin) : null;
            double start = seconds(span.getStartEpochNanos() - begin);
            Double duration = end == null ? null : seconds(span.getEndEpochNanos() - span.getStartEpochNanos());
            return new Entry(
                    span.getName(),
                    span.getSpanId(),
                    isRequest ? null : span.getParentSpanId(),
                    start,
                    end,
                    duration,
                    isLegacy ? "SpanLegacy" : type.wireName(),
                    isLegacy ? type.metrics(span.getAttributes(), duration == null ? 0 : duration) : Map.of(),
                    isLegacy ? null : kind(span),
                    isLegacy ? Map.of() : attributes(span),
                    isLegacy
                            ? List.of()
                            : span.getEvents().stream()
                                    .map(event -> Event.of(event, begin))
                                    .toList(),
                    span.getStatus().getStatusCode() == StatusCode.ERROR ? Failure.of(span) : null);
        }

        private static String kind(SpanData span) {
            return span.getKind().name().toLowerCase(Locale.ROOT);
        }

        private static Map<String, Object> attributes(SpanData span) {
            Map<String, Object> attributes = map(span.getAttributes());
            attributes.put("span.kind", kind(span));
            return attributes;
        }
    }

    /** Something that happened in a span. */
    record Event(String name, double timestamp, Map<String, Object> attributes) {

        private static Event of(EventData event, long begin) {
            return new Event(event.getName(), seconds(event.getEpochNanos() - begin), map(event.getAttributes()));
        }
    }

    /**
     * That a span has failed.
     *
     * @param type as {@code error.type}
     * @param message always null: it may hold what was said
     */
    record Failure(
            boolean occurred,
            @Nullable String type,
            @Nullable String message) {

        private static Failure of(SpanData span) {
            return new Failure(true, span.getAttributes().get(AttributeKey.stringKey("error.type")), null);
        }
    }

    private static double seconds(long nanos) {
        return nanos / NANOS;
    }

    private static Map<String, Object> map(Attributes attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        attributes.forEach((key, value) -> map.put(key.getKey(), value));
        return map;
    }
}
