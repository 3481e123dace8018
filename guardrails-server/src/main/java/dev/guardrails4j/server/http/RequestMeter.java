package dev.guardrails4j.server.http;

import dev.guardrails4j.server.metrics.HttpMetrics;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells metrics of requests that were answered.
 *
 * @param metrics what is told
 * @param routes knows what routes there are
 */
record RequestMeter(HttpMetrics metrics, Routes routes) {

    private static final float NANOS_PER_MILLI = 1e6f;

    void answered(Context context, float millis) {
        String route = Optional.ofNullable(context.endpoints().lastHttpEndpoint())
                .map(endpoint -> endpoint.path)
                .flatMap(routes::described)
                .orElse("");
        metrics.answered(
                // What is not routed may be called anything.
                route.isEmpty() ? "_OTHER" : context.method().name(),
                route,
                context.statusCode(),
                Duration.ofNanos((long) (millis * NANOS_PER_MILLI)));
    }
}
