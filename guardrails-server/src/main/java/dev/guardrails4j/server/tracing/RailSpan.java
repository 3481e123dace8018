package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.trace.ActionObserver;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.CallObserver;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.engine.trace.ObservedCall;
import dev.guardrails4j.engine.trace.RailObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The span of one rail, or of the generation. What the rail calls itself is of an action that has its name, as in the log;
 * that one begins with its first call. Guarded by its own monitor.
 */
final class RailSpan implements RailObserver {

    private static final AttributeKey<List<String>> DECISIONS = AttributeKey.stringArrayKey("rail.decisions");

    private final Spans spans;
    private final Span span;
    private final Context context;
    private Optional<ActionSpan> own = Optional.empty();

    RailSpan(Spans spans, Context parent, String type, String flow) {
        this.spans = spans;
        this.span = spans.span(spans.style().rail(flow), SpanKind.INTERNAL, parent)
                .setAttribute("rail.type", type)
                .setAttribute("rail.name", flow)
                .startSpan();
        this.context = parent.with(span);
    }

    private synchronized ActionSpan own() {
        ActionSpan action = own.orElseGet(() -> new ActionSpan(spans, context, "", Map.of()));
        own = Optional.of(action);
        return action;
    }

    @Override
    public CallObserver asks(ObservedCall call) {
        return own().asks(call);
    }

    @Override
    public CallObserver calls(String name, boolean cached) {
        return own().calls(name, cached);
    }

    @Override
    public ActionObserver action(String name, Map<String, Object> parameters) {
        return new ActionSpan(spans, context, name, parameters);
    }

    @Override
    public void known() {
        span.setAttribute("guardrails.rail.known_verdict", true);
    }

    @Override
    public void fault(Fault fault) {
        span.setAttribute("guardrails.rail.fault", fault.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public synchronized void ended(ActivatedRail rail) {
        own.ifPresent(action -> rail.actions().stream().findFirst().ifPresent(action::ended));
        span.setAttribute("rail.stop", rail.isStop())
                .setAttribute(DECISIONS, rail.decisions())
                .setAttribute("guardrails.rail.verdict", rail.outcome().name().toLowerCase(Locale.ROOT));
        if (rail.outcome() == Outcome.FAILED || rail.outcome() == Outcome.BYPASSED) {
            span.setStatus(StatusCode.ERROR);
        }
        if (rail.isStop()) {
            rail.actions().stream()
                    .map(ExecutedAction::returnValue)
                    .filter(value -> value instanceof Map)
                    .map(value -> ((Map<?, ?>) value).get("reason"))
                    .filter(String.class::isInstance)
                    .findFirst()
                    .ifPresent(reason -> spans.content(span, "guardrails.rail.reason", reason));
        }
        span.end();
    }

    @Override
    public synchronized void failed(Throwable cause) {
        own.ifPresent(ActionSpan::end);
        Spans.fail(span, cause);
        span.end();
    }

    @Override
    public synchronized void abandoned() {
        own.ifPresent(ActionSpan::end);
        span.setAttribute("guardrails.rail.verdict", "cancelled");
        span.end();
    }
}
