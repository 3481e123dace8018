package dev.guardrails4j.server.http;

import dev.guardrails4j.server.http.Readiness.Unready;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** {@code GET /status} and {@code GET /cluster-info} of the platform, contract "checks" 2.1. Safe for use by many threads. */
final class PlatformStatus {

    private static final String SERVICE = "guardrails";
    private static final String UNKNOWN = "unknown";

    private final Readiness readiness;

    PlatformStatus(Readiness readiness) {
        this.readiness = readiness;
    }

    /** How the server is: {@code "degraded"} if edits of configurations are not served because of mistakes. */
    void status(Context context) {
        List<Unready> problems = readiness.problems();
        boolean isReady = problems.isEmpty();
        String status = !isReady ? "unhealthy" : readiness.rejectedEdits().isEmpty() ? "healthy" : "degraded";
        Services services = new Services(
                isReady ? List.of(SERVICE) : List.of(),
                problems.stream()
                        .map(problem -> new NotReady(SERVICE, problem.message()))
                        .toList());
        json(context, new Status(status, services, new Controllers(true, Map.of())));
    }

    /** Which server this is. */
    void clusterInfo(Context context) {
        json(
                context,
                new ClusterInfo(ServerVersion.number(), ServerVersion.revision().orElse(UNKNOWN)));
    }

    private static void json(Context context, Object body) {
        context.contentType(ContentType.JSON).result(Json.write(body));
    }

    private record Status(String status, Services services, Controllers controllers) {}

    private record Services(List<String> ready, List<NotReady> notReady) {}

    private record NotReady(String name, String message) {}

    /** There are none here, so nothing is wrong with them. */
    private record Controllers(boolean healthy, Map<String, String> status) {}

    private record ClusterInfo(String platformVersion, String revision) {}
}
