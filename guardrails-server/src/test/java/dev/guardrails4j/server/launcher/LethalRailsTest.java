package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as a process of its own, with a jar whose rail could end it. */
@DisplayName("Issue 5: what a rail can do to the server, and what it cannot")
class LethalRailsTest {

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void dropTheJar() throws IOException {
        new JarBuilder()
                .source(
                        "com.acme.LethalRail",
                        JarBuilder.railSource("com.acme.LethalRail", "lethal", "")
                                .replace("context -> Verdict.allow()", """
                                context -> {
                                    switch (context.text()) {
                                        case "exit" -> System.exit(7);
                                        case "halt unseen" -> Runtime.class.getMethod("halt", int.class)
                                                .invoke(Runtime.getRuntime(), 7);
                                        case "eat" -> {
                                            List<byte[]> kept = new ArrayList<>();
                                            while (kept.size() >= 0) {
                                                kept.add(new byte[1 << 20]);
                                            }
                                        }
                                        default -> { }
                                    }
                                    return Verdict.block("alive");
                                }"""))
                .service(Rail.class, "com.acme.LethalRail")
                .writeTo(folder.resolve("plugins/lethal.jar"));
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("config.yml"), "rails: {input: {flows: [lethal]}}");
    }

    @Test
    void aRailThatCallsExitFailsAndTheServerGoesOn() throws Exception {
        try (Launched server = Launched.server(folder, List.of())) {
            URI address = server.address();

            assertThat(say(address, "exit")).isEqualTo("I'm sorry, an internal error has occurred.");
            assertThat(say(address, "anything")).isEqualTo("I'm sorry, I can't respond to that.");
            assertThat(server.output())
                    .contains(
                            "System.exit(7) is not carried out: com.acme.LethalRail of lethal.jar must not stop the server");
        }
    }

    /** What plugins/README.md says cannot be walled in. */
    @Test
    void aRailThatHaltsByReflectionEndsTheServer() throws Exception {
        try (Launched server = Launched.server(folder, List.of())) {
            URI address = server.address();

            client.sendAsync(request(address, "halt unseen"), BodyHandlers.ofString());

            assertThat(server.exitCode()).isEqualTo(7);
        }
    }

    /** With the launcher's own option, so that nothing goes on half dead. */
    @Test
    void aRailThatFillsTheMemoryEndsTheServerAtOnce() throws Exception {
        try (Launched server =
                Launched.server(folder, List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"))) {
            URI address = server.address();

            client.sendAsync(request(address, "eat"), BodyHandlers.ofString());

            assertThat(server.exitCode()).isEqualTo(3);
            assertThat(server.output()).contains("Terminating due to java.lang.OutOfMemoryError");
        }
    }

    private String say(URI address, String text) throws Exception {
        HttpResponse<String> answer = client.send(request(address, text), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode message = new ObjectMapper().readTree(answer.body()).at("/choices/0/message/content");
        return message.asText();
    }

    private static HttpRequest request(URI address, String text) {
        return HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"model\": \"any\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                                .formatted(text)))
                .build();
    }
}
