package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.EndpointCall;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Map;

/** The span of one call of a server that is no chat model. */
final class EndpointSpan implements CallObserver {

    private final Spans spans;
    private final Span span;
    private final Context context;

    EndpointSpan(Spans spans, Context parent, String name) {
        this.spans = spans;
        this.span = spans.span("api " + name, SpanKind.CLIENT, parent)
                .setAttribute("api.name", name)
                .startSpan();
        this.context = parent.with(span);
    }

    @Override
    public Map<String, String> headers() {
        return spans.headers(context);
    }

    @Override
    public void ended(EndpointCall call) {
        if (call.fromCache()) {
            span.setAttribute("llm.cache.hit", true);
        }
        if (!call.answered()) {
            span.setStatus(StatusCode.ERROR).setAttribute("error.type", "_OTHER");
        }
        span.end();
    }
}
