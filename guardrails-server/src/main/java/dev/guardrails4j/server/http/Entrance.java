package dev.guardrails4j.server.http;

import dev.guardrails4j.server.access.Right;
import java.util.Optional;
import java.util.Set;

/**
 * What a route asks of those who come, where there are API keys.
 *
 * @param isOpen whether it asks for nothing
 * @param right which right a key needs for it; empty if any key will do
 */
record Entrance(boolean isOpen, Optional<Right> right) {

    private static final Entrance OPEN = new Entrance(true, Optional.empty());
    private static final Entrance ANY_KEY = new Entrance(false, Optional.empty());

    /** Whoever looks after machines asks these, and they tell nothing else. */
    private static final Set<String> OPEN_PATHS =
            Set.of("", "/", "/v1/health", "/healthz", "/health/live", "/health/ready", "/status", "/cluster-info");

    /**
     * That of a route.
     *
     * @param path as it is routed, without what every path of the server begins with
     */
    static Entrance of(String method, String path) {
        if (OPEN_PATHS.contains(path)) {
            return OPEN;
        }
        if (path.equals("/metrics")) {
            return needing(Right.READ_METRICS);
        }
        if (path.equals("/v1/plugins")) {
            return needing(Right.ADMINISTER);
        }
        if (path.startsWith("/v1/actions/")) {
            return needing(Right.RUN_ACTIONS);
        }
        return path.contains("/configs") && !method.equals("GET") ? needing(Right.WRITE_CONFIGS) : ANY_KEY;
    }

    private static Entrance needing(Right right) {
        return new Entrance(false, Optional.of(right));
    }
}
