package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Issue 7: JSON logs with request ids")
class JsonLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void writesOneObjectALineWithTheIdOfTheRequestAndNothingOfWhatWasSaid() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("config.yml"), "models: [{type: main, engine: demo, model: demo}]");
        try (Launched server = Launched.server(folder, List.of(), "--verbose", "--log-format", "json")) {
            URI address = server.address();
            say(address, "id-1", "hunter2", "false");
            say(address, "id-2", "hunter2", "true");

            await().untilAsserted(() -> assertThat(logged(server))
                    .anyMatch(line -> line.at("/mdc/requestId").asText().equals("id-1")
                            && line.path("formattedMessage").asText().startsWith("POST /v1/chat/completions 200")
                            && line.path("level").asText().equals("DEBUG")
                            && line.path("timestamp").asLong() > 0)
                    .anyMatch(line -> line.at("/mdc/requestId").asText().equals("id-2")));
            assertThat(server.output()).doesNotContain("hunter2");
        }
    }

    /** What is not a summary of the start must be JSON. */
    private static List<JsonNode> logged(Launched server) {
        return server.output()
                .lines()
                .dropWhile(line -> !line.contains("plug-ins"))
                .skip(1)
                .map(JsonLogTest::json)
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }

    private static void say(URI address, String id, String text, String stream) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("X-Request-Id", id)
                .header("Authorization", "Bearer hunter2")
                .POST(BodyPublishers.ofString(
                        "{\"model\": \"any\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                                .formatted(stream, text)))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
