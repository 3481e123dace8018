package dev.guardrails4j.server.http;

import dev.guardrails4j.server.metrics.Exposition;
import dev.guardrails4j.server.metrics.Metrics;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * {@code GET /metrics}. Safe for use by many threads.
 *
 * @param metrics what is shown
 */
record MetricsRoute(Metrics metrics) {

    void show(Context context) {
        Exposition shown =
                metrics.read(Optional.ofNullable(context.header("Accept")).orElse(""));
        context.contentType(shown.format().contentType()).result(shown.text());
    }
}
