package dev.guardrails4j.server.http;

import java.time.Duration;

/**
 * How the server stops.
 *
 * @param delay how long it serves on after it has said that it is not ready any more, so that load balancers have seen it
 * @param time how long requests and streams that run then have to end by themselves
 */
public record DrainSettings(Duration delay, Duration time) {

    /** Done before orchestrators lose patience, which is after half a minute by default. */
    public static final DrainSettings DEFAULT = new DrainSettings(Duration.ZERO, Duration.ofSeconds(25));

    public DrainSettings {
        if (delay.isNegative() || time.isNegative()) {
            throw new IllegalArgumentException("a drain time is below nothing");
        }
    }
}
