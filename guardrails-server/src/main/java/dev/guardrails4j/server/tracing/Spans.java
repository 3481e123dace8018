package dev.guardrails4j.server.tracing;

import dev.guardrails4j.server.metrics.ErrorType;
import dev.guardrails4j.server.wire.Json;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the spans of one request are made with.
 *
 * @param tracer makes them
 * @param propagator tells others of them
 * @param style how they look
 */
record Spans(Tracer tracer, TextMapPropagator propagator, SpanStyle style) {

    /** What was said is cut at so many characters. */
    private static final int LONGEST_CONTENT = 16_384;

    SpanBuilder span(String name, SpanKind kind, Context parent) {
        return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent);
    }

    /** Headers that tell whoever is called what it is part of. */
    Map<String, String> headers(Context context) {
        Map<String, String> headers = new HashMap<>();
        propagator.inject(context, headers, Map::put);
        return headers;
    }

    /** What was said, if it may be told. */
    void content(Span span, String key, Object said) {
        if (style.capturesContent()) {
            String text = said instanceof String words ? words : new String(Json.write(said), StandardCharsets.UTF_8);
            span.setAttribute(key, text.length() > LONGEST_CONTENT ? text.substring(0, LONGEST_CONTENT) : text);
        }
    }

    /** It has failed. Messages of exceptions may hold what was said: only the kind of failure is told. */
    static void fail(Span span, Throwable cause) {
        span.setStatus(StatusCode.ERROR).setAttribute("error.type", ErrorType.of(cause));
    }
}
