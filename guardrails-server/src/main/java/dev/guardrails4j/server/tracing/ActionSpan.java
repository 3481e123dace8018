package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.trace.ActionObserver;
import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.engine.trace.ObservedCall;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.Map;

/** The span of one execution of an action. Safe for use by many threads. */
final class ActionSpan implements ActionObserver {

    private final Spans spans;
    private final Span span;
    private final Context context;

    /** @param name empty if it is not known before its end */
    ActionSpan(Spans spans, Context parent, String name, Map<String, Object> parameters) {
        this.spans = spans;
        this.span = spans.span(spans.style().action(name), SpanKind.INTERNAL, parent)
                .setAttribute("action.name", name)
                .startSpan();
        this.context = parent.with(span);
        parameters.forEach((key, value) -> spans.content(span, "action.param." + key, String.valueOf(value)));
    }

    @Override
    public CallObserver asks(ObservedCall call) {
        return new CallSpan(spans, context, call);
    }

    @Override
    public CallObserver calls(String name, boolean cached) {
        return new EndpointSpan(spans, context, name);
    }

    @Override
    public ActionObserver action(String name, Map<String, Object> parameters) {
        return new ActionSpan(spans, context, name, parameters);
    }

    @Override
    public void ended(ExecutedAction action) {
        int calls = action.modelCalls().size();
        span.updateName(spans.style().action(action.name()))
                .setAttribute("action.name", action.name())
                .setAttribute("action.has_llm_calls", calls > 0)
                .setAttribute("action.llm_calls_count", calls);
        span.end();
    }

    /** It has ended, and nothing is known of how. */
    void end() {
        span.end();
    }
}
