package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.threads.ThreadKey;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk takes no more: docs/faults.md. */
@Timeout(180)
class FullDiskTest {

    private static final String THREAD = "full-disk-thread-0001";
    private static final int MOST_TURNS = 40;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void turnsThatCannotBeKeptAreRefusedAndWhatWasKeptStaysReadable() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit, of util-linux");
        List<String> kept = new ArrayList<>();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("Noted.");
                Launched server = serverBehind(upstream)) {
            URI address = server.address();
            HttpResponse<String> answer = say(address, text(0));
            for (int turn = 1; answer.statusCode() == 200 && turn < MOST_TURNS; turn++) {
                kept.add(text(turn - 1));
                answer = say(address, text(turn));
            }

            assertThat(kept).hasSizeBetween(2, MOST_TURNS - 2);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body())
                    .contains("\"code\":\"threads_unavailable\"")
                    .doesNotContain("File too large", "mvstore", folder.toString());
            assertThat(told(address)).isEqualTo(kept);
            assertThat(send(address.resolve("/health/ready")).statusCode()).isEqualTo(200);

            server.letFilesGrow();

            assertThat(say(address, "There is room").statusCode()).isEqualTo(200);
            kept.add("There is room");
            assertThat(told(address)).isEqualTo(kept);
            assertThat(server.output()).containsOnlyOnce("cannot be written, nothing is kept until it can");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("guardrails-data"));
                ThreadStore threads = ThreadStores.embedded(database, ThreadLimits.DEFAULT)) {
            assertThat(threads.read(new ThreadKey(ThreadKey.EVERYBODY, THREAD))
                            .orElseThrow()
                            .messages())
                    .filteredOn(message -> message.role() == Role.USER)
                    .extracting(Message::text)
                    .isEqualTo(kept);
        }
    }

    private Launched serverBehind(ScriptedUpstream upstream) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("config.yml"), """
                models: [{type: main, engine: scripted, model: m, parameters: {base_url: '%s'}}]
                """.formatted(upstream.baseUrl()));
        return Launched.serverOnAFullDisk(folder, 512);
    }

    /** What was said on the thread; each is answered. */
    private List<String> told(URI address) throws Exception {
        HttpResponse<String> answer = send(address.resolve("/v1/threads/" + THREAD));
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> told = new ArrayList<>();
        for (JsonNode message : new ObjectMapper().readTree(answer.body()).path("messages")) {
            if (message.path("role").asText().equals("user")) {
                told.add(message.path("content").asText());
            } else {
                assertThat(message.path("content").asText()).isEqualTo("Noted.");
            }
        }
        return told;
    }

    private static String text(int turn) {
        return turn + "x".repeat(100_000);
    }

    private HttpResponse<String> send(URI address) throws Exception {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> say(URI address, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"model": "m", "messages": [{"role": "user", "content": "%s"}],
                         "guardrails": {"thread_id": "%s"}}""".formatted(text, THREAD)))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
