package dev.guardrails4j.server.http;

import dev.guardrails4j.server.http.Readiness.Unready;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.List;

/** The health routes, contract "chat server" 1.8 and DESIGN 5. Safe for use by many threads. */
final class Health {

    private static final int UNAVAILABLE = 503;

    private final Readiness readiness;

    Health(Readiness readiness) {
        this.readiness = readiness;
    }

    /** The reference's: that the process answers. */
    void pass(Context context) {
        context.contentType("application/health+json").result(Json.write(new Status("pass")));
    }

    /** That there is a server. */
    void ok(Context context) {
        json(context, new Status("ok"));
    }

    /** That the process need not be restarted. */
    void live(Context context) {
        json(context, new Status("live"));
    }

    /** That requests may be sent here. */
    void ready(Context context) {
        List<Unready> problems = readiness.problems();
        if (problems.isEmpty()) {
            List<Unready> edits = readiness.rejectedEdits();
            json(context, edits.isEmpty() ? new Status("ready") : new OutdatedReady("ready", edits));
        } else {
            json(context.status(UNAVAILABLE), new NotReady("not_ready", problems));
        }
    }

    private static void json(Context context, Object body) {
        context.contentType(ContentType.JSON).result(Json.write(body));
    }

    private record Status(String status) {}

    private record OutdatedReady(String status, List<Unready> rejectedEdits) {}

    private record NotReady(String status, List<Unready> problems) {}
}
