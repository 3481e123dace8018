package dev.guardrails4j.server.metrics;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether there are metrics, and where.
 *
 * @param enabled whether anything is counted at all
 * @param own an address of their own; empty if they are served beside everything else
 */
public record MetricsSettings(boolean enabled, Optional<Address> own) {

    /** Counted, and served beside everything else. */
    public static final MetricsSettings DEFAULT = new MetricsSettings(true, Optional.empty());

    /** Not counted. */
    public static final MetricsSettings OFF = new MetricsSettings(false, Optional.empty());

    private static final int HIGHEST_PORT = 65_535;

    /** Whether the server's own address serves them. */
    public boolean isServedBeside() {
        return enabled && own.isEmpty();
    }

    /**
     * An address to listen on.
     *
     * @param host an interface's address
     * @param port 0 for any that is free
     */
    public record Address(String host, int port) {

        public Address {
            Objects.requireNonNull(host, "host is null");
            if (port < 0 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and " + HIGHEST_PORT);
            }
        }
    }
}
