package dev.guardrails4j.server.http;

import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Turns away requests whose method HTTP does not know, before Javalin sees them: it remembers every name it has ever seen.
 */
final class MethodGate extends Handler.Wrapper {

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final Routes routes;

    MethodGate(Routes routes) {
        this.routes = routes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (KNOWN.contains(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        String path = request.getHttpURI().getPath();
        ErrorDialect dialect = routes.dialect(path);
        ErrorAnswer answer = routes.allowed(path)
                .map(dialect::notAllowed)
                .orElseGet(() -> dialect.notFound(request.getMethod(), path));
        JettyErrors.send(request, response, answer, callback);
        return true;
    }
}
