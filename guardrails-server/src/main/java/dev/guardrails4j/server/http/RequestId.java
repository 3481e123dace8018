package dev.guardrails4j.server.http;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The id by which a request is found again, in its answer, the log and the trace. */
final class RequestId {

    static final String HEADER = "X-Request-Id";

    private static final String KEY = "requestId";
    private static final Pattern SANE = Pattern.compile("[\\x21-\\x7E]{1,128}");

    private RequestId() {}

    /** Gives a request its id: the caller's, or a new one if it has none or one that could not stand in a log line. */
    static void assign(Context context) {
        String id = sane(context.header(HEADER));
        context.attribute(KEY, id);
        context.header(HEADER, id);
        MDC.put(KEY, id);
    }

    /** The id that was assigned. */
    static String of(Context context) {
        return String.valueOf(context.<Object>attribute(KEY));
    }

    /** Ends the log's memory of the request. */
    static void forget() {
        MDC.remove(KEY);
    }

    static String sane(@Nullable String sent) {
        return sent != null && SANE.matcher(sent).matches() ? sent : "req_" + UUID.randomUUID();
    }
}
