package dev.guardrails4j.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The routes: each path answers one method, and what is not routed is answered as the reference does (contract "chat
 * server" 1).
 */
final class Routes {

    private static final String SLASH = "/";

    private final RoutesConfig config;
    private final String prefix;
    private final Map<String, HandlerType> methods = new HashMap<>();

    /** @param prefix what every path begins with, without a slash at its end */
    Routes(RoutesConfig config, String prefix) {
        this.config = config;
        this.prefix = prefix;
    }

    void get(String path, Handler handler) {
        route(HandlerType.GET, path, handler);
        // Left alone, HEAD would be answered with 200 and nothing done.
        config.head(prefix + path, this::unrouted);
    }

    void post(String path, Handler handler) {
        route(HandlerType.POST, path, handler);
    }

    /** The method that a path answers. */
    Optional<String> allowed(String path) {
        return Optional.ofNullable(methods.get(path)).map(HandlerType::name);
    }

    /** Answers a request that no route is for. */
    void unrouted(Context context) {
        String path = context.path();
        String withoutSlash = path.endsWith(SLASH) ? path.substring(0, path.length() - 1) : path;
        if (methods.containsKey(path)) {
            ErrorAnswer.notAllowed(methods.get(path).name()).send(context);
        } else if (!withoutSlash.endsWith(SLASH) && methods.containsKey(withoutSlash)) {
            // A known path, so that nobody is sent to another host.
            String query = context.queryString();
            context.redirect(query == null ? withoutSlash : withoutSlash + "?" + query, HttpStatus.TEMPORARY_REDIRECT);
        } else {
            ErrorAnswer.notFound().send(context);
        }
    }

    private void route(HandlerType method, String path, Handler handler) {
        config.addHttpHandler(method, prefix + path, handler);
        methods.put(prefix + path, method);
    }
}
