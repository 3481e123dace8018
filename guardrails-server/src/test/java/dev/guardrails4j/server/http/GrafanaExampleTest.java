package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the dashboard and the alert rules against what the documentation says is served; {@link DocumentedMetricsTest} holds that. */
class GrafanaExampleTest {

    private static final Path EXAMPLE = Path.of("../examples/grafana");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:guardrails|gen_ai|http|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\bby \\([^)]*\\)");

    @Test
    void showsOnlyMetricsThatThereAre() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(EXAMPLE.resolve("dashboard.json").toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(metrics(expressions.stream())).isSubsetOf(families());
    }

    @Test
    void alertsOnlyOnMetricsThatThereAre() throws IOException {
        // Names in what is told to people are checked as well.
        Set<String> named =
                metrics(Files.readString(EXAMPLE.resolve("alerts.yml")).lines());

        assertThat(named).hasSizeGreaterThan(8);
        assertThat(named).isSubsetOf(families());
    }

    @Test
    void showsPanelsThatDoNotOverlap() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(EXAMPLE.resolve("dashboard.json").toFile());
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = (place.path("x").asInt() + x) + ","
                            + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell)).as(panel.path("title").asText()).isTrue();
                }
            }
        }
    }

    private static Set<String> metrics(Stream<String> texts) {
        return texts.map(text -> LABELS.matcher(text).replaceAll(""))
                .flatMap(text -> METRIC.matcher(text).results().map(match -> match.group()))
                .map(name -> name.replaceFirst("(?<=_seconds|_usage)_(bucket|count|sum)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> families() throws IOException {
        return DocumentedMetricsTest.documented();
    }
}
