package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.ModelKey;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.Context;

/**
 * The caller's own key for the main model's endpoint, said in the header {@code X-Model-Authorization} and taken as it is:
 * contract "checks" 7.
 */
final class CallersModelKey {

    static final String HEADER = "X-Model-Authorization";

    private CallersModelKey() {}

    /**
     * The request with the key, if there is one.
     *
     * @throws RequestException with status 400 if it cannot be one
     */
    static GenerationRequest apply(Context context, GenerationRequest request) {
        String key = context.header(HEADER);
        if (key == null || key.isBlank()) {
            return request;
        }
        try {
            return request.with(new ModelKey(key));
        } catch (IllegalArgumentException e) {
            throw RequestException.of(400, "The header " + HEADER + " has characters that no key has");
        }
    }
}
