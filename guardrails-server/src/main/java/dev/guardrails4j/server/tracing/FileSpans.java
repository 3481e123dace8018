package dev.guardrails4j.server.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Notes what begins in a request that is written to files. Safe for use by many threads. */
enum FileSpans implements SpanProcessor {
    INSTANCE;

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        RequestTrace.of(parent).ifPresent(trace -> trace.add(span));
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // The request's end writes all that has ended.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
