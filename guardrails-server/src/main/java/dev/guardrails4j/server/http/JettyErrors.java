package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.Json;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers requests that fail before they reach a route (broken HTTP, too long headers) as their API does. */
final class JettyErrors extends ErrorHandler {

    private final Routes routes;

    JettyErrors(Routes routes) {
        this.routes = routes;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String path = String.valueOf(request.getHttpURI().getPath());
        send(request, response, routes.dialect(path).answer(code, HttpStatus.getMessage(code), Map.of()), callback);
    }

    /** Writes an answer without the help of routes. */
    static void send(Request request, Response response, ErrorAnswer answer, Callback callback) {
        response.setStatus(answer.status());
        SecurityHeaders.put(request, response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        String id = Optional.ofNullable(request.getHeaders().getField(RequestId.HEADER))
                .map(HttpField::getValue)
                .orElse(null);
        response.getHeaders().put(RequestId.HEADER, RequestId.sane(id));
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, ByteBuffer.wrap(Json.write(answer.body())), callback);
    }
}
