package dev.guardrails4j.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The routes: each path answers its methods, and what is not routed is answered as the reference does (contract "chat
 * server" 1).
 */
final class Routes {

    private static final String SLASH = "/";
    private static final String REST = "<id>";

    private final RoutesConfig config;
    private final String prefix;
    private final AccessGate gate;
    private final Map<String, Set<HandlerType>> methods = new HashMap<>();
    private final Map<String, String> described = new HashMap<>();

    /**
     * @param prefix what every path begins with, without a slash at its end
     * @param gate is before every route
     */
    Routes(RoutesConfig config, String prefix, AccessGate gate) {
        this.config = config;
        this.prefix = prefix;
        this.gate = gate;
    }

    /** @param path may have segments such as <code>{workspace}</code>, and end in {@code <id>}, which stands for slashes too */
    void get(String path, Handler handler) {
        route(HandlerType.GET, path, handler);
        // Left alone, HEAD would be answered with 200 and nothing done.
        config.head(prefix + path, this::unrouted);
    }

    void post(String path, Handler handler) {
        route(HandlerType.POST, path, handler);
    }

    void patch(String path, Handler handler) {
        route(HandlerType.PATCH, path, handler);
    }

    void delete(String path, Handler handler) {
        route(HandlerType.DELETE, path, handler);
    }

    /** Every route as the API's description writes it, without the prefix: {@code "GET /v1/threads/{id}"}. */
    NavigableSet<String> all() {
        NavigableSet<String> all = new TreeSet<>();
        methods.forEach(
                (path, answered) -> answered.forEach(method -> all.add(method.name() + " " + described.get(path))));
        return all;
    }

    /**
     * A route as the API's description writes it, without the prefix: {@code "/v1/threads/{id}"}.
     *
     * @param route as it was registered, prefix included
     */
    Optional<String> described(String route) {
        return Optional.ofNullable(described.get(route));
    }

    /** The methods that a path answers: {@code "DELETE, GET"}. */
    Optional<String> allowed(String path) {
        return Optional.ofNullable(methods.get(path))
                .or(() -> methods.entrySet().stream()
                        .filter(route -> leadsTo(route.getKey(), path))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .map(allowed -> allowed.stream().map(HandlerType::name).sorted().collect(Collectors.joining(", ")));
    }

    private static boolean leadsTo(String route, String path) {
        String[] wanted = route.split(SLASH, -1);
        String[] given = path.split(SLASH, -1);
        for (int i = 0; i < wanted.length; i++) {
            if (i == given.length || given[i].isEmpty() != wanted[i].isEmpty()) {
                return false;
            }
            if (wanted[i].equals(REST)) {
                return true;
            }
            if (!wanted[i].startsWith("{") && !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return wanted.length == given.length;
    }

    /** How errors of a path are told. */
    ErrorDialect dialect(String path) {
        return ErrorDialect.of(path.startsWith(prefix) ? path.substring(prefix.length()) : path);
    }

    /** Tells of a request that failed. */
    void answer(Exception exception, Context context) {
        String path = context.path();
        dialect(path).answer(exception, context.method().name(), path).send(context);
    }

    /** Answers a request that no route is for. */
    void unrouted(Context context) {
        String path = context.path();
        String withoutSlash = path.endsWith(SLASH) ? path.substring(0, path.length() - 1) : path;
        Optional<String> allowed = allowed(path);
        if (allowed.isPresent()) {
            dialect(path).notAllowed(allowed.get()).send(context);
        } else if (!withoutSlash.endsWith(SLASH) && methods.containsKey(withoutSlash)) {
            // A known path, so that nobody is sent to another host.
            String query = context.queryString();
            context.redirect(query == null ? withoutSlash : withoutSlash + "?" + query, HttpStatus.TEMPORARY_REDIRECT);
        } else {
            dialect(path).notFound(context.method().name(), path).send(context);
        }
    }

    private void route(HandlerType method, String path, Handler handler) {
        config.addHttpHandler(method, prefix + path, gate.guard(Entrance.of(method.name(), path), handler));
        methods.computeIfAbsent(prefix + path, unknown -> new HashSet<>()).add(method);
        described.put(
                prefix + path, (path.isEmpty() ? SLASH : path).replace('<', '{').replace('>', '}'));
    }
}
