package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.metrics.MetricsSettings;
import java.util.Locale;
import java.util.Optional;

/**
 * What is said about metrics.
 *
 * @param enabled whether there are any
 * @param host the address to serve them on; goes with {@code port}
 * @param port the port to serve them on; empty for beside everything else
 */
public record MetricsChoice(Optional<Boolean> enabled, Optional<String> host, Optional<Integer> port) {

    /** Nothing is said. */
    public static final MetricsChoice NONE = new MetricsChoice(Optional.empty(), Optional.empty(), Optional.empty());

    /** What the reference's variables mean that says only that there are metrics: contract "chat server" 1.8. */
    private static final MetricsChoice OF_THE_REFERENCE =
            new MetricsChoice(Optional.of(true), Optional.of("0.0.0.0"), Optional.of(9464));

    private static final int HIGHEST_PORT = 65_535;

    static MetricsChoice read(Section metrics) {
        MetricsChoice choice = new MetricsChoice(
                metrics.flag("enabled"), metrics.string("host"), metrics.integer("port", 0, HIGHEST_PORT));
        if (choice.host().isPresent() && !metrics.keys().contains("port")) {
            metrics.reject("host", "needs a metrics.port beside it");
        }
        return choice;
    }

    /**
     * What the reference's {@code NEMO_GUARDRAILS_SERVER_METRICS_EXPORTER} says.
     *
     * @throws IllegalArgumentException if it names an exporter that there is not
     */
    public static MetricsChoice ofExporter(String exporter) {
        return switch (exporter.toLowerCase(Locale.ROOT)) {
            case "prometheus" -> OF_THE_REFERENCE;
            case "none" -> new MetricsChoice(Optional.of(false), Optional.empty(), Optional.empty());
            default -> throw new IllegalArgumentException("must be prometheus or none");
        };
    }

    /** The same, where nothing is said as another choice has it. */
    public MetricsChoice or(MetricsChoice other) {
        return new MetricsChoice(enabled.or(other::enabled), host.or(other::host), port.or(other::port));
    }

    /** What follows from it for a server on this address. */
    public MetricsSettings settings(String serversHost) {
        return new MetricsSettings(
                enabled.orElse(true), port.map(own -> new MetricsSettings.Address(host.orElse(serversHost), own)));
    }
}
