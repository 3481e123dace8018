package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.guardrails4j.server.tracing.Tracing;
import dev.guardrails4j.server.tracing.TracingSettings;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "config and rails" 6.5, the adapter {@code FileSystem}: without any collector. */
class FileSpansTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static Tracing tracing;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start()
                .respond(received -> received.body().contains("INPUT: bad")
                        ? Response.answer("Yes")
                        : Response.answer(received.body().contains("INPUT") ? "No" : "No, hello to you"));
        tracing = new Tracing(TracingSettings.DEFAULT, name -> Optional.empty());
        ConfigRoot root = ConfigRoot.standard(folder.resolve("root"), upstream.baseUrl());
        String models = ConfigRoot.models(upstream.baseUrl());
        root.config("written", ConfigRoot.SELF_CHECKS + models + adapter("written", ""));
        root.config("parent", models + adapter("parent", ""));
        root.config("plain", ConfigRoot.SELF_CHECKS + models + adapter("plain", ""));
        root.config("captured", models + adapter("captured", ", enable_content_capture: true"));
        root.config("legacy", models + adapter("legacy", ", span_format: legacy"));
        root.config("broken", models + adapter("broken", ""));
        server = RunningServer.start(root, tracing);
    }

    private static String adapter(String config, String more) {
        return "tracing: {enabled: true, adapters: [{name: FileSystem, filepath: '%s'}]%s}%n"
                .formatted(file(config), more);
    }

    /** Where the spans of a configuration go. */
    private static Path file(String config) {
        return folder.resolve("traces").resolve(config + ".jsonl");
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
        tracing.close();
    }

    @Test
    void writesALineForEachRequestAsTheReferenceDoes() throws IOException {
        chat("written", "good");
        chat("written", "bad");

        List<JsonNode> lines = lines("written", 2);
        assertThat(lines).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("schema_version").asText()).isEqualTo("2.0");
            assertThat(line.path("trace_id").asText()).matches("[0-9a-f]{32}");
        });
        JsonNode request = lines.get(0).path("spans").path(0);
        assertThat(request.path("parent_id").isNull()).isTrue();
        assertThat(request.path("span_type").asText()).isEqualTo("InteractionSpan");
        assertThat(request.path("span_kind").asText()).isEqualTo("server");
        assertThat(request.path("start_time").asDouble()).isZero();
        assertThat(request.path("duration").asDouble()).isPositive();
        assertThat(request.at("/attributes/request.id").asText()).isEqualTo("id-1");
        JsonNode rail = span(lines.get(0), "guardrails.rail");
        assertThat(rail.path("parent_id")).isEqualTo(request.path("span_id"));
        assertThat(rail.path("span_type").asText()).isEqualTo("RailSpan");
        assertThat(rail.at("/attributes/rail.name").asText()).isEqualTo("self check input");
        assertThat(rail.at("/attributes/rail.stop").isBoolean()).isTrue();
        JsonNode call = span(lines.get(0), "self_check_input scripted-model");
        assertThat(call.path("span_type").asText()).isEqualTo("LLMSpan");
        assertThat(call.path("end_time").asDouble())
                .isBetween(
                        call.path("start_time").asDouble(),
                        request.path("end_time").asDouble());
        assertThat(call.at("/attributes/gen_ai.usage.input_tokens").isIntegralNumber())
                .isTrue();
        assertThat(span(lines.get(1), "guardrails.rail")
                        .at("/attributes/rail.stop")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void writesTheMetricsOfTheLegacyFormat() throws IOException {
        chat("legacy", "good");

        JsonNode line = lines("legacy", 1).get(0);
        JsonNode interaction = line.path("spans").path(0);
        assertThat(interaction.path("name").asText()).isEqualTo("interaction");
        assertThat(interaction.path("span_type").asText()).isEqualTo("SpanLegacy");
        assertThat(interaction.at("/metrics/interaction_total").asInt()).isEqualTo(1);
        assertThat(interaction.has("attributes")).isFalse();
        assertThat(span(line, "LLM: scripted-model").path("metrics").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "llm_call_scripted-model_total",
                        "llm_call_scripted-model_seconds_avg",
                        "llm_call_scripted-model_seconds_total",
                        "llm_call_scripted-model_prompt_tokens_total",
                        "llm_call_scripted-model_completion_tokens_total",
                        "llm_call_scripted-model_tokens_total");
    }

    @Test
    void isPartOfTheCallersTraceEvenIfTheCallerDoesNotKeepIt() throws IOException {
        for (String kept : List.of("-00", "-01")) {
            server.send(
                    "POST",
                    RunningServer.CHAT,
                    body("parent", "good"),
                    "traceparent",
                    "00-" + TRACE + "-b7ad6b7169203331" + kept);
        }

        assertThat(lines("parent", 2))
                .allMatch(line -> line.path("trace_id").asText().equals(TRACE));
        assertThat(upstream.received().stream()
                        .map(call -> call.headers()
                                .getOrDefault("traceparent", "none")
                                .replaceAll("-[0-9a-f]{16}-", "-")))
                .contains("00-" + TRACE + "-00", "00-" + TRACE + "-01");
    }

    @Test
    void holdsWhatWasSaidOnlyIfTheConfigurationWantsIt() throws IOException {
        chat("plain", "hunter2");
        chat("captured", "hunter2");

        assertThat(lines("plain", 1).toString()).doesNotContain("hunter2", "hello to you");
        assertThat(lines("captured", 1).toString()).contains("hunter2", "hello to you");
    }

    @Test
    void servesAllTheSameIfTheFileCannotBeWritten() throws IOException {
        try (HeardLog log = new HeardLog(event -> event.getLevel() + " " + event.getFormattedMessage())) {
            assertThat(chat("broken", "good")).isEqualTo(200);
            lines("broken", 1);
            Files.delete(file("broken"));
            Files.createDirectories(file("broken"));
            assertThat(chat("broken", "good")).isEqualTo(200);
            assertThat(chat("broken", "good")).isEqualTo(200);
            await().until(() -> tracing.dropped() == 2);
            Files.delete(file("broken"));
            assertThat(chat("broken", "good")).isEqualTo(200);
            lines("broken", 1);

            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("Spans"))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains(file("broken").toString(), "requests are served all the same");
        }
    }

    @Test
    void refusesCallersWhoNameAFile() {
        var answer = server.send(
                "POST",
                "/v1/guardrail/checks",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"guardrails\": {\"config\":"
                        + " {\"models\": [], \"tracing\": {\"enabled\": true, \"adapters\": [{\"name\": \"FileSystem\", \"filepath\": \"%s\"}]}}}}"
                                .formatted(file("caller")));

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.body()).contains("tracing.adapters.0.filepath: names a file");
        assertThat(file("caller")).doesNotExist();
    }

    private int chat(String config, String text) {
        return server.send(
                        "POST",
                        RunningServer.CHAT,
                        body(config, text),
                        "Content-Type",
                        "application/json",
                        "X-Request-Id",
                        "id-1")
                .statusCode();
    }

    private static String body(String config, String text) {
        return "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}], \"guardrails\": {\"config_id\": \"%s\"}}"
                .formatted(text, config);
    }

    /** Those of a configuration, once there are so many. */
    private static List<JsonNode> lines(String config, int due) throws IOException {
        await().ignoreExceptions().until(() -> Files.readAllLines(file(config)).size() == due);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file(config))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static JsonNode span(JsonNode line, String name) {
        return StreamSupport.stream(line.path("spans").spliterator(), false)
                .filter(span -> span.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + line));
    }
}
