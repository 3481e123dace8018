package dev.guardrails4j.server.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, told to stop by signals. */
@DisplayName("issue 7: graceful shutdown")
class StoppedServerTest {

    @TempDir
    private Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void holdEverything() throws Exception {
        upstream.respond(request -> Response.answer("late").heldUntil(held));
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("config.yml"), """
                models:
                  - type: main
                    engine: scripted
                    model: scripted-model
                    parameters: {base_url: '%s', max_retries: 0}
                """.formatted(upstream.baseUrl()));
    }

    @AfterEach
    void stop() {
        held.countDown();
        upstream.close();
    }

    @Test
    void servesWhatRunsAndEndsWithZero() throws Exception {
        try (Launched server = Launched.server(folder, List.of())) {
            URI address = server.address();
            CompletableFuture<HttpResponse<String>> running = chat(address);

            server.terminate();
            await().until(() -> server.output().contains("Stopping."));
            held.countDown();

            assertThat(running.get(60, SECONDS).body()).contains("late");
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).endsWith("Stopped.");
        }
    }

    @Test
    void isNotReadyFromTheSignalOnAndServesOnForTheDelay() throws Exception {
        try (Launched server = Launched.server(folder, List.of(), "--drain-delay", "1h")) {
            URI address = server.address();

            server.terminate();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> get(address, "/health/ready").statusCode() == 503);

            assertThat(get(address, "/health/live").statusCode()).isEqualTo(200);
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void endsAtOnceAtASecondSignal() throws Exception {
        try (Launched server = Launched.server(folder, List.of(), "--drain", "1h")) {
            CompletableFuture<HttpResponse<String>> running = chat(server.address());

            server.terminate();
            await().until(() -> server.output().contains("Stopping."));
            server.terminate();

            assertThat(server.exitCode()).isEqualTo(128 + 15);
            assertThat(running).failsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void endsWithZeroThoughWhatRunsHadToBeCutShort() throws Exception {
        try (Launched server = Launched.server(folder, List.of(), "--drain", "1s")) {
            CompletableFuture<HttpResponse<String>> running = chat(server.address());

            server.terminate();

            assertThat(running.get(60, SECONDS).statusCode()).isEqualTo(503);
            assertThat(server.exitCode()).isZero();
        }
    }

    private HttpResponse<String> get(URI address, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** Asks, and returns once the model has been asked. */
    private CompletableFuture<HttpResponse<String>> chat(URI address) {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"model": "m", "messages": [{"role": "user", "content": "Hello!"}]}"""))
                        .build(),
                BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(30)).until(() -> !upstream.received().isEmpty());
        return answer;
    }
}
