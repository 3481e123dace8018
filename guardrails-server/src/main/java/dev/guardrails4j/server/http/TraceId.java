package dev.guardrails4j.server.http;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of the trace that a request is part of, as the guardrail microservice tells it: contract "checks" 7. It is the
 * caller's, if the request has one by the W3C's rules.
 */
final class TraceId {

    static final String HEADER = "X-Trace-Id";

    private static final Pattern PARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    private TraceId() {}

    /** Tells the caller the id. */
    static void assign(Context context) {
        context.header(HEADER, of(context.header("traceparent")));
    }

    static String of(@Nullable String parent) {
        Matcher known = PARENT.matcher(parent == null ? "" : parent);
        return known.matches() ? known.group(1) : UUID.randomUUID().toString().replace("-", "");
    }
}
