package dev.guardrails4j.server.http;

import dev.guardrails4j.server.metrics.MetricsSettings;
import dev.guardrails4j.server.tls.TlsSettings;
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
 * @param allowedOrigins whose pages may read answers in a browser
 * @param checksDialect which server's check requests are taken where several have the same path
 * @param forwardedHeaders which headers of requests are passed on to the main model
 * @param metrics whether there are metrics, and where
 * @param tls what the server proves itself with; empty if it speaks in the clear
 * @param admission how much work is taken on at a time
 * @param connections what clients may take of the server's connections
 * @param drain how the server stops
 */
public record ServerSettings(
        String host,
        int port,
        String prefix,
        Optional<String> defaultConfigId,
        int maxBodyBytes,
        AllowedOrigins allowedOrigins,
        ChecksDialect checksDialect,
        ForwardedHeaders forwardedHeaders,
        MetricsSettings metrics,
        Optional<TlsSettings> tls,
        AdmissionSettings admission,
        ConnectionSettings connections,
        DrainSettings drain) {

    /** 1 MiB: a long chat, or a few pictures. */
    public static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;

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
        Objects.requireNonNull(metrics, "metrics is null");
        Objects.requireNonNull(tls, "tls is null");
        if (maxBodyBytes < 1 || maxBodyBytes > HIGHEST_MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "maxBodyBytes " + maxBodyBytes + " is not between 1 and " + HIGHEST_MAX_BODY_BYTES);
        }
        Objects.requireNonNull(admission, "admission is null");
        Objects.requireNonNull(connections, "connections is null");
        Objects.requireNonNull(drain, "drain is null");
    }

    /** Settings for an address; everything else is as by default until it is said. */
    public static Builder on(String host, int port) {
        return new Builder(host, port);
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

    /** Says what differs from the default. For one thread, and one server. */
    public static final class Builder {

        private final String host;
        private final int port;
        private String prefix = "";
        private Optional<String> defaultConfigId = Optional.empty();
        private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
        private AllowedOrigins allowedOrigins = AllowedOrigins.NONE;
        private ChecksDialect checksDialect = ChecksDialect.MICROSERVICE;
        private ForwardedHeaders forwardedHeaders = ForwardedHeaders.NONE;
        private MetricsSettings metrics = MetricsSettings.DEFAULT;
        private Optional<TlsSettings> tls = Optional.empty();
        private AdmissionSettings admission = AdmissionSettings.DEFAULT;
        private ConnectionSettings connections = ConnectionSettings.DEFAULT;
        private DrainSettings drain = DrainSettings.DEFAULT;

        private Builder(String host, int port) {
            this.host = host;
            this.port = port;
        }

        /** What every path begins with. */
        public Builder prefix(String path) {
            this.prefix = path;
            return this;
        }

        /** Which configuration serves requests that name none. */
        public Builder defaultConfigId(Optional<String> id) {
            this.defaultConfigId = id;
            return this;
        }

        /** The longest request body. */
        public Builder maxBodyBytes(int bytes) {
            this.maxBodyBytes = bytes;
            return this;
        }

        /** Whose pages may read answers in a browser. */
        public Builder allowedOrigins(AllowedOrigins origins) {
            this.allowedOrigins = origins;
            return this;
        }

        /** Which server's check requests are taken where several have the same path. */
        public Builder checksDialect(ChecksDialect dialect) {
            this.checksDialect = dialect;
            return this;
        }

        /** Which headers of requests are passed on to the main model. */
        public Builder forwardedHeaders(ForwardedHeaders headers) {
            this.forwardedHeaders = headers;
            return this;
        }

        /** What the server proves itself with; without, it speaks in the clear. */
        public Builder tls(Optional<TlsSettings> identity) {
            this.tls = identity;
            return this;
        }

        /** Whether there are metrics, and where. */
        public Builder metrics(MetricsSettings wanted) {
            this.metrics = wanted;
            return this;
        }

        /** How much work is taken on at a time. */
        public Builder admission(AdmissionSettings limits) {
            this.admission = limits;
            return this;
        }

        /** What clients may take of the server's connections. */
        public Builder connections(ConnectionSettings limits) {
            this.connections = limits;
            return this;
        }

        /** How the server stops. */
        public Builder drain(DrainSettings times) {
            this.drain = times;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if one of them is out of its range
         */
        public ServerSettings build() {
            return new ServerSettings(
                    host,
                    port,
                    prefix,
                    defaultConfigId,
                    maxBodyBytes,
                    allowedOrigins,
                    checksDialect,
                    forwardedHeaders,
                    metrics,
                    tls,
                    admission,
                    connections,
                    drain);
        }
    }
}
