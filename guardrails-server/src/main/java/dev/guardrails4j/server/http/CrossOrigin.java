package dev.guardrails4j.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Tells browsers which pages may read answers (CORS), contract "chat server" 1.12. Their questions before a request are
 * answered here; no route sees them. Jetty's own handler and Javalin's plug-in would answer those with an empty body.
 */
final class CrossOrigin extends Handler.Wrapper {

    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    private static final String EXPOSED = "Retry-After, X-Guardrails-Rail, X-Guardrails-Status, X-Request-Id,"
            + " x-ratelimit-limit-requests, x-ratelimit-limit-tokens, x-ratelimit-remaining-requests,"
            + " x-ratelimit-remaining-tokens, x-ratelimit-reset-requests, x-ratelimit-reset-tokens";
    private static final String MAX_AGE_SECONDS = "600";
    private static final String ASKED_METHOD = "Access-Control-Request-Method";
    private static final String ASKED_HEADERS = "Access-Control-Request-Headers";

    private final AllowedOrigins allowed;

    CrossOrigin(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (allowed.isNone()) {
            return super.handle(request, response, callback);
        }
        tell(request, response.getHeaders());
        Optional<String> origin = origin(request);
        if (origin.isEmpty()
                || !request.getMethod().equals("OPTIONS")
                || !request.getHeaders().contains(ASKED_METHOD)) {
            return super.handle(request, response, callback);
        }
        answer(request, response, allowed.allows(origin.get()), callback);
        return true;
    }

    /** Says in the headers of an answer who may read it. */
    private void tell(Request request, HttpFields.Mutable headers) {
        headers.put(HttpHeader.VARY, "Origin");
        origin(request).filter(allowed::allows).ifPresent(origin -> {
            headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            headers.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        });
    }

    private static void answer(Request request, Response response, boolean isAllowed, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.VARY, "Origin, " + ASKED_HEADERS);
        headers.put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        if (isAllowed) {
            headers.put("Access-Control-Allow-Methods", METHODS);
            headers.put("Access-Control-Max-Age", MAX_AGE_SECONDS);
            Optional.ofNullable(request.getHeaders().get(ASKED_HEADERS))
                    .ifPresent(asked -> headers.put("Access-Control-Allow-Headers", HeaderText.of(asked)));
        }
        response.setStatus(isAllowed ? HttpStatus.OK_200 : HttpStatus.BAD_REQUEST_400);
        String body = isAllowed ? "OK" : "Disallowed CORS origin";
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)), callback);
    }

    private static Optional<String> origin(Request request) {
        return Optional.ofNullable(request.getHeaders().getField(HttpHeader.ORIGIN))
                .map(HttpField::getValue);
    }
}
