package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events on one connection, each on its way before the next is made. For one thread. */
final class EventStream {

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;

    private EventStream(OutputStream out) {
        this.out = out;
    }

    /** Begins the answer; from here on its status cannot change. Nothing on the way may hold it back. */
    static EventStream begin(Context context) throws IOException {
        context.status(200);
        context.contentType("text/event-stream; charset=utf-8");
        context.header("Cache-Control", "no-cache");
        context.header("X-Accel-Buffering", "no");
        return new EventStream(context.res().getOutputStream());
    }

    void send(Object frame) throws IOException {
        out.write(DATA);
        out.write(Json.write(frame));
        out.write(END);
        out.flush();
    }

    /** Shows that somebody is still there, to both sides: a client that is gone is noticed by it. */
    void keepAlive() throws IOException {
        out.write(KEEP_ALIVE);
        out.flush();
    }

    void done() throws IOException {
        out.write(DONE);
        out.flush();
    }
}
