package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.ModelAccess;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.config.Key;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the caller wants the main model's endpoint to be asked, contract "checks" 7: with the key in the header
 * {@code X-Model-Authorization}, taken as it is, and with those of its headers that the operator lets through.
 */
final class CallersModelAccess {

    static final String HEADER = "X-Model-Authorization";

    private static final Pattern SCHEME = Pattern.compile("^(?i:bearer)\\s+");

    /** Which headers the operator lets through. */
    static final Key<ForwardedHeaders> FORWARDED = new Key<>("forwarded-headers");

    private CallersModelAccess() {}

    /**
     * The request as the caller wants it, and as the caller's.
     *
     * @throws RequestException with status 400 if a header cannot be passed on
     */
    static GenerationRequest apply(Context context, GenerationRequest anybodys) {
        GenerationRequest request =
                AccessGate.caller(context).name().map(anybodys::by).orElse(anybodys);
        Optional<String> key = key(context);
        Map<String, String> headers = new LinkedHashMap<>();
        context.appData(FORWARDED)
                .names()
                .forEach(name -> given(context, name).ifPresent(value -> headers.put(name, value)));
        if (key.isEmpty() && headers.isEmpty()) {
            return request;
        }
        try {
            return request.with(new ModelAccess(key, headers));
        } catch (IllegalArgumentException e) {
            throw RequestException.of(400, "A header that goes to the model has characters that no header can carry");
        }
    }

    /**
     * The key that the caller wants models to be asked with.
     *
     * @throws RequestException with status 400 if it is the caller's key to this server
     */
    static Optional<String> key(Context context) {
        return given(context, HEADER);
    }

    /** The caller's key to this server is never passed on, not even by mistake. */
    private static Optional<String> given(Context context, String name) {
        Optional<String> given = Optional.ofNullable(context.header(name)).filter(value -> !value.isBlank());
        if (given.map(value -> SCHEME.matcher(value.strip()).replaceFirst(""))
                .filter(AccessGate.caller(context)::isOwnKey)
                .isPresent()) {
            throw RequestException.of(
                    400, "A header that goes to the model holds the API key of this server; give the model's own key");
        }
        return given;
    }
}
