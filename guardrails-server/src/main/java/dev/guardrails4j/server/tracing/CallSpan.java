package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.engine.trace.ObservedCall;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The span of one call of a model: OpenTelemetry's GenAI conventions. */
final class CallSpan implements CallObserver {

    private static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

    /** Parameters of requests, as conventions call them. */
    private static final Map<String, String> NUMBERS = Map.of(
            "temperature",
            "gen_ai.request.temperature",
            "top_p",
            "gen_ai.request.top_p",
            "frequency_penalty",
            "gen_ai.request.frequency_penalty",
            "presence_penalty",
            "gen_ai.request.presence_penalty");

    private static final Map<String, String> WHOLE_NUMBERS = Map.of(
            "max_tokens",
            "gen_ai.request.max_tokens",
            "max_completion_tokens",
            "gen_ai.request.max_tokens",
            "top_k",
            "gen_ai.request.top_k",
            "seed",
            "gen_ai.request.seed");

    private final Spans spans;
    private final Span span;
    private final Context context;
    private final AtomicBoolean hasChunk = new AtomicBoolean();

    CallSpan(Spans spans, Context parent, ObservedCall call) {
        this.spans = spans;
        this.span = spans.span(spans.style().call(operation(call), call.model()), SpanKind.CLIENT, parent)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", call.engine())
                .setAttribute("gen_ai.request.model", call.model())
                .setAttribute("guardrails.model.type", call.type())
                .setAttribute("guardrails.task", call.task())
                .startSpan();
        Map<String, Object> parameters = call.request().parameters();
        NUMBERS.forEach((name, key) ->
                number(parameters, name).ifPresent(value -> span.setAttribute(key, value.doubleValue())));
        WHOLE_NUMBERS.forEach(
                (name, key) -> number(parameters, name).ifPresent(value -> span.setAttribute(key, value.longValue())));
        spans.content(
                span, "gen_ai.input.messages", RequestSpan.said(call.request().messages()));
        this.context = parent.with(span);
    }

    /** The generation is a chat; what a judge is asked has a name. */
    private static String operation(ObservedCall call) {
        return call.task().equals("general") ? "chat" : call.task();
    }

    private static Optional<Number> number(Map<String, Object> parameters, String name) {
        return parameters.get(name) instanceof Number value ? Optional.of(value) : Optional.empty();
    }

    @Override
    public Map<String, String> headers() {
        return spans.headers(context);
    }

    @Override
    public void chunk() {
        if (!hasChunk.getAndSet(true)) {
            span.addEvent("gen_ai.first_chunk");
        }
    }

    @Override
    public void ended(ModelCall call) {
        if (call.usage().totalTokens() > 0) {
            span.setAttribute("gen_ai.usage.input_tokens", call.usage().promptTokens())
                    .setAttribute("gen_ai.usage.output_tokens", call.usage().completionTokens())
                    .setAttribute("gen_ai.usage.total_tokens", call.usage().totalTokens());
        }
        if (call.fromCache()) {
            span.setAttribute("llm.cache.hit", true);
        }
        Map<String, Object> raw = call.rawResponse();
        text(raw, "model").ifPresent(model -> span.setAttribute("gen_ai.response.model", model));
        text(raw, "id").ifPresent(id -> span.setAttribute("gen_ai.response.id", id));
        List<String> reasons = finishReasons(raw);
        if (!reasons.isEmpty()) {
            span.setAttribute(FINISH_REASONS, reasons);
        }
        spans.content(span, "gen_ai.output.messages", List.of(new RequestSpan.Said("assistant", call.completion())));
        span.end();
    }

    private static Optional<String> text(Map<String, Object> raw, String key) {
        return raw.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static List<String> finishReasons(Map<String, Object> raw) {
        return raw.get("choices") instanceof List<?> choices
                ? choices.stream()
                        .filter(choice -> choice instanceof Map)
                        .map(choice -> ((Map<?, ?>) choice).get("finish_reason"))
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    @Override
    public void failed(Throwable cause) {
        Spans.fail(span, cause);
        span.end();
    }
}
