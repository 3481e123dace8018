package dev.guardrails4j.server.http;

import dev.guardrails4j.server.checks.DetailBody;
import dev.guardrails4j.server.openai.ErrorBody;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that is not a success.
 *
 * @param status the HTTP status
 * @param message what the body says
 * @param body a wire record
 * @param headers what clients are told beside the body
 */
record ErrorAnswer(int status, String message, Object body, Map<String, String> headers) {

    /** An error in the OpenAI envelope. */
    static ErrorAnswer of(int status, String message) {
        return of(status, ErrorBody.of(status, message, Optional.empty(), Optional.empty()), Map.of());
    }

    /** An error in the OpenAI envelope. */
    static ErrorAnswer of(int status, ErrorBody body, Map<String, String> headers) {
        return new ErrorAnswer(status, body.error().message(), body, headers);
    }

    /** An error as the guardrail microservice tells it. */
    static ErrorAnswer of(int status, DetailBody body, Map<String, String> headers) {
        return new ErrorAnswer(status, body.detail(), body, headers);
    }

    void send(Context context) {
        context.status(status);
        headers.forEach(context::header);
        context.contentType(ContentType.JSON).result(Json.write(body));
    }
}
