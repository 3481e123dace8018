package dev.guardrails4j.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts what is asked over HTTP, as OpenTelemetry's conventions have it. Safe for use by many threads. */
public final class HttpMetrics {

    /** Some 40 routes with a handful of statuses each. */
    private static final int MOST = 1_000;

    private final BoundedSeries<Key, Timer> durations;

    HttpMetrics(MeterRegistry registry) {
        this.durations = new BoundedSeries<>(
                MOST,
                new Key(BoundedSeries.OTHER, BoundedSeries.OTHER, 0),
                key -> Buckets.request(
                        registry,
                        "http.server.request.duration",
                        "How long HTTP requests took, streams until their end",
                        Tags.of(
                                "http.request.method",
                                key.method(),
                                "http.route",
                                key.route(),
                                "http.response.status_code",
                                Integer.toString(key.status()))));
    }

    /**
     * A request was answered.
     *
     * @param method one of those that are routed, or any
     * @param route the route as it is written, never the path; empty if there is none
     */
    public void answered(String method, String route, int status, Duration duration) {
        durations.of(new Key(method, route, status)).record(duration);
    }

    private record Key(String method, String route, int status) {}
}
