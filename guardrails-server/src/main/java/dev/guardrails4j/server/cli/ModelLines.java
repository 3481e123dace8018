package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.engine.model.MainModelOverride;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The models that configurations use, for the operator to see at a glance. Shows hosts, never whole URLs or keys. */
final class ModelLines {

    private static final String BASE_URL = "base_url";

    private final MainModelOverride override;

    ModelLines(MainModelOverride override) {
        this.override = override;
    }

    /** One line for each different model: {@code "main: openai/gpt-4o-mini at 127.0.0.1:8080 (support, topics)"}. */
    List<String> of(List<ConfigReport> reports) {
        Map<String, List<String>> users = new TreeMap<>();
        for (ConfigReport report : reports) {
            report.config().stream()
                    .flatMap(config -> config.models().stream())
                    .map(this::describe)
                    .distinct()
                    .forEach(line -> users.computeIfAbsent(line, key -> new ArrayList<>())
                            .add(report.id()));
        }
        return users.entrySet().stream()
                .map(entry -> "%s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
                .toList();
    }

    private String describe(ModelConfig model) {
        String engine = override.engine(model.type(), model.engine());
        String name = model.model().map(given -> "/" + given).orElse("");
        String place = baseUrl(model)
                .flatMap(ModelLines::host)
                .map(host -> " at " + host)
                .orElse("");
        return model.type() + ": " + engine + name + place;
    }

    private Optional<String> baseUrl(ModelConfig model) {
        return override.baseUrl(model.type())
                .or(() -> Optional.ofNullable(model.parameters().entries().get(BASE_URL))
                        .map(node -> String.valueOf(node.value())));
    }

    /** A URL may hold a user's password before the host, and a key in its query. */
    private static Optional<String> host(String url) {
        try {
            URI uri = URI.create(url);
            return Optional.ofNullable(uri.getHost())
                    .map(host -> uri.getPort() < 0 ? host : host + ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
