package dev.guardrails4j.server.http;

import dev.guardrails4j.server.tracing.Tracing;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The id of the trace that a request is part of, as the guardrail microservice tells it: contract "checks" 7. It is the
 * caller's, if the request has one by the W3C's rules.
 */
final class TraceId {

    static final String HEADER = "X-Trace-Id";

    private static final String KEY = "traceId";

    private static final Pattern PARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    private TraceId() {}

    /** Tells the caller the id. */
    static void assign(Context context) {
        String entered = context.attribute(KEY);
        context.header(HEADER, entered == null ? of(context.header("traceparent")) : entered);
    }

    /** What the thread does is of this trace from now on, in spans and in the log. */
    static void enter(Context context, Tracing tracing) {
        Optional<String> told = tracing.isOn() ? Optional.of(of(context.header("traceparent"))) : Optional.empty();
        told.ifPresent(id -> {
            context.attribute(KEY, id);
            MDC.put(KEY, id);
        });
        tracing.enter(told, context::header);
    }

    /** The request is over. */
    static void leave(Tracing tracing) {
        MDC.remove(KEY);
        tracing.leave();
    }

    static String of(@Nullable String parent) {
        Matcher known = PARENT.matcher(parent == null ? "" : parent);
        return known.matches() ? known.group(1) : UUID.randomUUID().toString().replace("-", "");
    }
}
