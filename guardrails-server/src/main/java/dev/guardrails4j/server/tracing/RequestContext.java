package dev.guardrails4j.server.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the current thread serves: the trace that the caller's request is part of, or the id of the one that it begins, which
 * the caller may have been told already. Safe for use by many threads.
 */
final class RequestContext implements IdGenerator {

    private static final ThreadLocal<Optional<Entry>> CURRENT = ThreadLocal.withInitial(Optional::empty);

    private final IdGenerator random = IdGenerator.random();

    /** A request. */
    private record Entry(Optional<String> traceId, Function<String, @Nullable String> header) {}

    static void enter(Optional<String> traceId, Function<String, @Nullable String> header) {
        CURRENT.set(Optional.of(new Entry(traceId, header)));
    }

    static void leave() {
        CURRENT.remove();
    }

    /** What a span that begins now is part of, as the request's headers tell it. */
    static Context parent(TextMapPropagator propagator) {
        return CURRENT.get()
                .map(entry -> propagator.extract(Context.root(), entry.header(), Headers.GETTER))
                .orElseGet(Context::root);
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return CURRENT.get().flatMap(Entry::traceId).orElseGet(random::generateTraceId);
    }

    /** Reads headers of a request. */
    private enum Headers implements TextMapGetter<Function<String, @Nullable String>> {
        GETTER;

        @Override
        public Iterable<String> keys(Function<String, @Nullable String> header) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> header, String name) {
            return header == null ? null : header.apply(name);
        }
    }
}
