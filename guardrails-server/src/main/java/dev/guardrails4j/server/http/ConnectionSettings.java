package dev.guardrails4j.server.http;

import java.time.Duration;
import java.util.List;

/**
 * How much, and for how long, one client or all of them may take of the server's connections.
 *
 * @param maxConnections how many connections there may be at a time, at least 1; further ones wait in the system's queue until
 *     one is closed
 * @param idleTimeout how long a connection is kept on which nothing comes and goes
 * @param headerTimeout how long the headers of a request may take to come, once it has begun
 * @param bodyTimeout how long the body of a request may take to come
 * @param writeTimeout how long a client may take to read what there is for it, some 32 KiB at a time
 * @param maxHeaderBytes how long the headers of a request may be, at least 1 KiB; longer ones are refused with 431
 * @param maxStreamsPerConnection how many requests one HTTP/2 connection may have open, at least 1
 */
public record ConnectionSettings(
        int maxConnections,
        Duration idleTimeout,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        int maxHeaderBytes,
        int maxStreamsPerConnection) {

    private static final int SHORTEST_HEADERS = 1_024;

    private static final Duration THIRTY_SECONDS = Duration.ofSeconds(30);

    /** Room for 5,000 streams and their health checks, many times over. */
    public static final ConnectionSettings DEFAULT = new ConnectionSettings(
            20_000, THIRTY_SECONDS, Duration.ofSeconds(10), THIRTY_SECONDS, THIRTY_SECONDS, 16 * 1_024, 128);

    public ConnectionSettings {
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections is below 1");
        }
        for (Duration timeout : List.of(idleTimeout, headerTimeout, bodyTimeout, writeTimeout)) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("a timeout of connections is not more than nothing");
            }
        }
        if (maxHeaderBytes < SHORTEST_HEADERS) {
            throw new IllegalArgumentException("maxHeaderBytes is below " + SHORTEST_HEADERS);
        }
        if (maxStreamsPerConnection < 1) {
            throw new IllegalArgumentException("maxStreamsPerConnection is below 1");
        }
    }
}
