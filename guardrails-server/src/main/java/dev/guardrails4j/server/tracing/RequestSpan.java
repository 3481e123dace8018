package dev.guardrails4j.server.tracing;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.RailObserver;
import dev.guardrails4j.engine.trace.RequestObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.MDC;

/** The span of one request. */
final class RequestSpan implements RequestObserver {

    private final Spans spans;
    private final Span span;
    private final Context context;

    RequestSpan(Spans spans, Context parent, ObservedRequest request) {
        this.spans = spans;
        this.span = spans.span(spans.style().request(), SpanKind.SERVER, parent)
                .setAttribute("gen_ai.operation.name", "guardrails")
                .setAttribute("guardrails.operation", request.operation().name().toLowerCase(Locale.ROOT))
                .startSpan();
        Optional.ofNullable(MDC.get("requestId")).ifPresent(id -> span.setAttribute("request.id", id));
        spans.content(span, "guardrails.request.input", said(request.messages()));
        this.context = parent.with(span);
    }

    /** Messages as they are told: who said what. */
    static List<Said> said(List<Message> messages) {
        return messages.stream()
                .map(message -> new Said(message.role().wireName(), message.text()))
                .toList();
    }

    /** A message as it is told. */
    record Said(String role, String content) {}

    @Override
    public RailObserver rail(String type, String name, String flow) {
        return new RailSpan(spans, context, type, flow);
    }

    @Override
    public void ended(GenerationResult result) {
        result.block()
                .ifPresent(block -> span.setAttribute("guardrails.blocked", true)
                        .setAttribute("guardrails.blocked.rail", block.flow()));
        spans.content(span, "guardrails.request.output", result.text());
        end();
    }

    @Override
    public void failed(Throwable cause) {
        Spans.fail(span, cause);
        end();
    }

    private void end() {
        span.end();
        RequestTrace.of(context).ifPresent(RequestTrace::end);
    }
}
