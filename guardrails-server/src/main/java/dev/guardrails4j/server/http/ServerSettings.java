package dev.guardrails4j.server.http;

import java.util.Objects;
import java.util.Optional;

/**
 * How the server listens.
 *
 * @param host the address to listen on: {@code "127.0.0.1"}
 * @param port the port, 0 for any that is free
 * @param prefix what every path begins with, {@code "/guard"}; empty for nothing
 * @param defaultConfigId which configuration serves requests that name none; the environment's {@code DEFAULT_CONFIG_ID}
 *     goes before the command line's (contract "chat server" 4.1)
 * @param maxBodyBytes the longest request body, 1 to 1 GiB
 * @param maxConcurrentRequests how many chat requests run at a time, at least 1; more are refused with 503
 * @param allowedOrigins whose pages may read answers in a browser
 * @param checksDialect which server's check requests are taken where several have the same path
 * @param forwardedHeaders which headers of requests are passed on to the main model
 */
public record ServerSettings(
        String host,
        int port,
        String prefix,
        Optional<String> defaultConfigId,
        int maxBodyBytes,
        int maxConcurrentRequests,
        AllowedOrigins allowedOrigins,
        ChecksDialect checksDialect,
        ForwardedHeaders forwardedHeaders) {

    /** 1 MiB: a long chat, or a few pictures. */
    public static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;

    /** What a small machine holds in memory, even if every request waits for its model. */
    public static final int DEFAULT_MAX_CONCURRENT_REQUESTS = 10_000;

    private static final int HIGHEST_MAX_BODY_BYTES = 1 << 30;
    private static final int HIGHEST_PORT = 65_535;

    public ServerSettings {
        Objects.requireNonNull(host, "host is null");
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and " + HIGHEST_PORT);
        }
        prefix = prefixOf(prefix);
        Objects.requireNonNull(defaultConfigId, "defaultConfigId is null");
        Objects.requireNonNull(allowedOrigins, "allowedOrigins is null");
        Objects.requireNonNull(checksDialect, "checksDialect is null");
        Objects.requireNonNull(forwardedHeaders, "forwardedHeaders is null");
        if (maxBodyBytes < 1 || maxBodyBytes > HIGHEST_MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "maxBodyBytes " + maxBodyBytes + " is not between 1 and " + HIGHEST_MAX_BODY_BYTES);
        }
        if (maxConcurrentRequests < 1) {
            throw new IllegalArgumentException("maxConcurrentRequests is below 1");
        }
    }

    /** With the default number of requests at a time, and no origins. */
    public ServerSettings(String host, int port, String prefix, Optional<String> defaultConfigId, int maxBodyBytes) {
        this(
                host,
                port,
                prefix,
                defaultConfigId,
                maxBodyBytes,
                DEFAULT_MAX_CONCURRENT_REQUESTS,
                AllowedOrigins.NONE,
                ChecksDialect.MICROSERVICE,
                ForwardedHeaders.NONE);
    }

    /** The same with other origins. */
    public ServerSettings withAllowedOrigins(AllowedOrigins origins) {
        return new ServerSettings(
                host,
                port,
                prefix,
                defaultConfigId,
                maxBodyBytes,
                maxConcurrentRequests,
                origins,
                checksDialect,
                forwardedHeaders);
    }

    /** The same with another dialect of checks. */
    public ServerSettings withChecksDialect(ChecksDialect dialect) {
        return new ServerSettings(
                host,
                port,
                prefix,
                defaultConfigId,
                maxBodyBytes,
                maxConcurrentRequests,
                allowedOrigins,
                dialect,
                forwardedHeaders);
    }

    /** The same with other headers passed on. */
    public ServerSettings withForwardedHeaders(ForwardedHeaders forwarded) {
        return new ServerSettings(
                host,
                port,
                prefix,
                defaultConfigId,
                maxBodyBytes,
                maxConcurrentRequests,
                allowedOrigins,
                checksDialect,
                forwarded);
    }

    /**
     * What every path is to begin with, without a slash at its end.
     *
     * @throws IllegalArgumentException if it is not a path
     */
    public static String prefixOf(String text) {
        String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!prefix.isEmpty() && !prefix.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException("prefix '" + prefix
                    + "' is not a path; it begins with / and has only letters, digits and . _ ~ - between slashes");
        }
        return prefix;
    }
}
