package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;

/** JSON texts on one connection, one a line, each on its way before the next is made. For one thread. */
final class JsonLines {

    private final OutputStream out;

    private JsonLines(OutputStream out) {
        this.out = out;
    }

    /** Begins the answer; from here on its status cannot change. Nothing on the way may hold it back. */
    static JsonLines begin(Context context) throws IOException {
        context.status(200);
        context.contentType("application/x-ndjson");
        context.header("Cache-Control", "no-cache");
        context.header("X-Accel-Buffering", "no");
        return new JsonLines(context.res().getOutputStream());
    }

    void send(Object wireRecord) throws IOException {
        out.write(Json.write(wireRecord));
        out.write('\n');
        out.flush();
    }
}
