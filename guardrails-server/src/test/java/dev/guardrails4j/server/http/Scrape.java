package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code GET /metrics} gave, read as Prometheus reads its text format: every line must be one that it takes, every sample
 * must follow the type of its family, and none may be there twice.
 *
 * @param samples each value by its name and labels, sorted: <code>guardrails_requests_total{operation="chat"}</code>
 * @param types of the families: {@code "counter"}, {@code "histogram"}
 */
record Scrape(Map<String, Double> samples, Map<String, String> types) {

    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped|info|unknown)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    static Scrape of(RunningServer server) {
        HttpResponse<String> response = server.get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        return parse(response.body());
    }

    static Scrape parse(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("# HELP ")).forEach(line -> {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                assertThat(types.put(type.group(1), type.group(2))).as(line).isNull();
                return;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            assertThat(types).as(line).containsKey(family(sample.group(1), types.keySet()));
            String value = sample.group(3).replace("Inf", "Infinity");
            String name = sample.group(1) + labels(sample.group(2));
            assertThat(samples.put(name, Double.valueOf(value))).as(line).isNull();
        });
        return new Scrape(samples, types);
    }

    private static String family(String name, Set<String> families) {
        return families.contains(name) ? name : name.replaceFirst("_(bucket|count|sum)$", "");
    }

    private static String labels(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find(end) && label.start() == end) {
            if (!label.group(2).isEmpty()) {
                labels.put(label.group(1), label.group(2));
            }
            end = label.end();
        }
        assertThat(end).as(text).isEqualTo(text.length());
        return labels.entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A value; 0 if there is none. */
    double value(String sample) {
        return samples.getOrDefault(sample, 0.0);
    }

    /** How many values a family has. */
    long series(String family) {
        return samples.keySet().stream()
                .filter(name -> name.equals(family) || name.startsWith(family + "{"))
                .count();
    }
}
