package dev.guardrails4j.server.http;

import java.time.Duration;

/**
 * How much, and for how long, one client or all of them may take of the server's connections.
 *
 * @param maxConnections how many connections there may be at a time, at least 1; further ones wait in the system's queue until
 *     one is closed
 * @param idleTimeout how long a connection is kept on which nothing comes and goes
 * @param maxHeaderBytes how long the headers of a request may be, at least 1 KiB; longer ones are refused with 431
 * @param maxStreamsPerConnection how many requests one HTTP/2 connection may have open, at least 1
 */
public record ConnectionSettings(
        int maxConnections, Duration idleTimeout, int maxHeaderBytes, int maxStreamsPerConnection) {

    private static final int SHORTEST_HEADERS = 1_024;

    /** Room for 5,000 streams and their health checks, many times over. */
    public static final ConnectionSettings DEFAULT =
            new ConnectionSettings(20_000, Duration.ofSeconds(30), 16 * 1_024, 128);

    public ConnectionSettings {
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections is below 1");
        }
        if (idleTimeout.isZero() || idleTimeout.isNegative()) {
            throw new IllegalArgumentException("idleTimeout is not more than nothing");
        }
        if (maxHeaderBytes < SHORTEST_HEADERS) {
            throw new IllegalArgumentException("maxHeaderBytes is below " + SHORTEST_HEADERS);
        }
        if (maxStreamsPerConnection < 1) {
            throw new IllegalArgumentException("maxStreamsPerConnection is below 1");
        }
    }
}
