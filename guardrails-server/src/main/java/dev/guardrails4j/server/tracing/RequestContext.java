package dev.guardrails4j.server.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Optional;

/**
 * What the current thread serves: the trace that the caller's request is part of, or the id of the one that it begins, which
 * the caller may have been told already. Safe for use by many threads.
 */
final class RequestContext implements IdGenerator {

    private static final ThreadLocal<Optional<Entry>> CURRENT = ThreadLocal.withInitial(Optional::empty);

    private final IdGenerator random = IdGenerator.random();

    /** What a request is part of. */
    private record Entry(Context parent, String traceId) {}

    static void enter(Context parent, String traceId) {
        CURRENT.set(Optional.of(new Entry(parent, traceId)));
    }

    static void leave() {
        CURRENT.remove();
    }

    /** What a span that begins now is part of. */
    static Context parent() {
        return CURRENT.get().map(Entry::parent).orElseGet(Context::root);
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return CURRENT.get().map(Entry::traceId).orElseGet(random::generateTraceId);
    }
}
