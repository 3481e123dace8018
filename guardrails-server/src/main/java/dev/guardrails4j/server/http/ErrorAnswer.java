package dev.guardrails4j.server.http;

import dev.guardrails4j.server.openai.ErrorBody;
import dev.guardrails4j.server.openai.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that is not a success.
 *
 * @param status the HTTP status
 * @param headers what clients are told beside the body
 */
record ErrorAnswer(int status, ErrorBody body, Map<String, String> headers) {

    static ErrorAnswer of(int status, String message) {
        return new ErrorAnswer(status, ErrorBody.of(status, message, Optional.empty(), Optional.empty()), Map.of());
    }

    static ErrorAnswer notFound() {
        return of(404, "Not Found");
    }

    /** @param allowed the methods that the path answers */
    static ErrorAnswer notAllowed(String allowed) {
        return new ErrorAnswer(405, of(405, "Method Not Allowed").body(), Map.of("Allow", allowed));
    }

    String message() {
        return body.error().message();
    }

    void send(Context context) {
        context.status(status);
        headers.forEach(context::header);
        context.contentType(ContentType.JSON).result(Json.write(body));
    }
}
