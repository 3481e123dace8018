package dev.guardrails4j.server.http;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;

/** Answers with a JSON text, without the copy through a buffer that Javalin makes of a result. */
final class JsonAnswer {

    private JsonAnswer() {}

    /** Sends it; nothing can be changed of the answer after that. */
    static void send(Context context, byte[] json) throws IOException {
        context.contentType(ContentType.JSON);
        context.res().setContentLength(json.length);
        context.res().getOutputStream().write(json);
    }
}
