package dev.guardrails4j.server.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a span is of, as the reference tells it in files: {@code span_type}, and the metrics of the legacy format. */
enum SpanType {
    INTERACTION("InteractionSpan"),
    RAIL("RailSpan"),
    ACTION("ActionSpan"),
    LLM("LLMSpan"),
    /** A server that is no chat model, for which the reference has no span in files. */
    API("ApiSpan");

    private static final AttributeKey<String> ACTION_NAME = AttributeKey.stringKey("action.name");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final Map<String, AttributeKey<Long>> TOKENS = Map.of(
            "_prompt_tokens_total", AttributeKey.longKey("gen_ai.usage.input_tokens"),
            "_completion_tokens_total", AttributeKey.longKey("gen_ai.usage.output_tokens"),
            "_tokens_total", AttributeKey.longKey("gen_ai.usage.total_tokens"));

    private final String wireName;

    SpanType(String wireName) {
        this.wireName = wireName;
    }

    static SpanType of(Attributes span, boolean isRequest) {
        if (isRequest) {
            return INTERACTION;
        }
        if (span.get(MODEL) != null) {
            return LLM;
        }
        if (span.get(ACTION_NAME) != null) {
            return ACTION;
        }
        return span.get(AttributeKey.stringKey("rail.name")) == null ? API : RAIL;
    }

    String wireName() {
        return wireName;
    }

    /** @param seconds how long the span took */
    Map<String, Object> metrics(Attributes span, double seconds) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metricName(span).ifPresent(name -> {
            metrics.put(name + "_total", 1);
            metrics.put(name + "_seconds_avg", seconds);
            metrics.put(name + "_seconds_total", seconds);
            if (this == LLM) {
                TOKENS.forEach((suffix, key) -> metrics.put(
                        name + suffix, Optional.ofNullable(span.get(key)).orElse(0L)));
            }
        });
        return metrics;
    }

    private Optional<String> metricName(Attributes span) {
        return switch (this) {
            case INTERACTION -> Optional.of("interaction");
            case ACTION -> Optional.of("action_" + span.get(ACTION_NAME));
            case LLM ->
                Optional.of("llm_call_" + String.valueOf(span.get(MODEL)).replace('/', '_'));
            case RAIL, API -> Optional.empty();
        };
    }
}
