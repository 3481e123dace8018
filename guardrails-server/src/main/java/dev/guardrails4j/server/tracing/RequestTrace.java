package dev.guardrails4j.server.tracing;

import dev.guardrails4j.server.wire.Json;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The spans of one request that is written to files. Goes with the context that its spans are made in. Guarded by its own
 * monitor.
 */
final class RequestTrace implements ImplicitContextKeyed {

    private static final ContextKey<RequestTrace> KEY = ContextKey.named("guardrails-request-trace");

    /** More than any configuration needs, unless something is amiss. */
    private static final int MOST_SPANS = 1000;

    private final TraceFiles files;
    private final Set<Path> paths;
    private final boolean isLegacy;
    private final List<ReadableSpan> spans = new ArrayList<>();

    /** @param paths of the files that it is written to */
    RequestTrace(TraceFiles files, Set<Path> paths, boolean isLegacy) {
        this.files = files;
        this.paths = paths;
        this.isLegacy = isLegacy;
    }

    /** That of what happens in a context. */
    static Optional<RequestTrace> of(Context context) {
        return Optional.ofNullable(context.get(KEY));
    }

    @Override
    public Context storeInContext(Context context) {
        return context.with(KEY, this);
    }

    /** A span has begun. */
    synchronized void add(ReadableSpan span) {
        if (spans.size() < MOST_SPANS) {
            spans.add(span);
        }
    }

    /** The request has ended: what is known by now is written. */
    void end() {
        List<SpanData> ended = known();
        if (!ended.isEmpty()) {
            byte[] line = Json.write(TraceLine.of(ended, isLegacy));
            byte[] whole = Arrays.copyOf(line, line.length + 1);
            whole[line.length] = '\n';
            files.write(paths, whole);
        }
    }

    private synchronized List<SpanData> known() {
        return spans.stream().map(ReadableSpan::toSpanData).toList();
    }
}
