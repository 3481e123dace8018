package dev.guardrails4j.server.tracing;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether spans are made, and where they are sent.
 *
 * @param enabled empty if the environment says whether they are sent, and configurations which files they are written to
 * @param endpoint where to send them by OTLP over HTTP, without {@code /v1/traces}; empty if the environment says it
 */
public record TracingSettings(Optional<Boolean> enabled, Optional<URI> endpoint) {

    /** As the environment says. */
    public static final TracingSettings DEFAULT = new TracingSettings(Optional.empty(), Optional.empty());

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Any of them asks for spans. */
    private static final String[] ASKING = {
        "OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
    };

    /**
     * Reads where to send spans.
     *
     * @throws IllegalArgumentException if it is no address of a collector
     */
    public static URI endpoint(String text) {
        String problem = "must be a URL such as http://localhost:4318";
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null || !SCHEMES.contains(String.valueOf(uri.getScheme()))) {
                throw new IllegalArgumentException(problem);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(problem, e);
        }
    }

    /** Whether no span is made, whatever configurations want. */
    public boolean isOff() {
        return enabled.isPresent() && !enabled.get();
    }

    /** Whether spans are sent. */
    public boolean isSending(Function<String, Optional<String>> environment) {
        return enabled.orElseGet(() -> endpoint.isPresent()
                || Stream.of(ASKING)
                        .flatMap(name -> environment.apply(name).stream())
                        .anyMatch(value -> !value.isBlank() && !value.equals("none")));
    }

    /** What the SDK is told beside the environment, which goes before it except for the endpoint. */
    Map<String, String> overrides() {
        return endpoint.map(uri -> Map.of("otel.exporter.otlp.endpoint", uri.toString()))
                .orElse(Map.of());
    }
}
