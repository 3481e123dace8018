package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN 4 and 8: nothing is unbounded")
class LimitsTest {

    private static final String HELLO =
            "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl());
        server = RunningServer.start(
                root.folder(),
                RunningServer.settings(Optional.of("pass"))
                        .maxBodyBytes(1_000)
                        .admission(new AdmissionSettings(Optional.of(1), Optional.of(1), 0, Duration.ofSeconds(1)))
                        .build());
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void readsABodyOfExactlyTheLimit() {
        assertThat(server.chat(HELLO + " ".repeat(1_000 - HELLO.length())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesALongerBodyByItsAnnouncedLength() {
        HttpResponse<String> answer = server.chat(HELLO + " ".repeat(1_001 - HELLO.length()));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer))
                .isEqualTo(error("The request body is longer than 1000 bytes", "api_error", null, null));
    }

    @Test
    void refusesALongerBodyThatComesInChunks() {
        byte[] body = (HELLO + " ".repeat(1_001 - HELLO.length())).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer =
                server.send("POST", CHAT, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void servesTheNextRequestAfterABodyThatWasTooLong() {
        assertThat(server.chat(" ".repeat(100_000)).statusCode()).isEqualTo(413);
        assertThat(server.chat(HELLO).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesCompressedBodies() {
        HttpResponse<String> answer = server.send("POST", CHAT, HELLO, "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(server.send("POST", CHAT, HELLO, "Content-Encoding", "identity")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("contract 1.1: a body without Content-Type is read as JSON")
    void readsABodyOfNoType() {
        assertThat(server.send("POST", CHAT, HELLO).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON", "application/vnd.x+json"})
    void readsJsonByAnyOfItsNames(String type) {
        assertThat(server.send("POST", CHAT, HELLO, "Content-Type", type).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"})
    @DisplayName("contract 1.1: a body of another type is no object; a web page could send it unasked")
    void refusesWhatSaysThatItIsNoJson(String type) {
        HttpResponse<String> answer = server.send("POST", CHAT, HELLO, "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer))
                .isEqualTo(error(
                        "body: Input should be a valid dictionary or object to extract fields from",
                        "invalid_request_error",
                        null,
                        null));
    }

    @Test
    void refusesARequestMoreThanMayRunAtATime() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        upstream.respond(request -> Response.answer("late").heldUntil(latch));
        int before = upstream.received().size();
        Future<HttpResponse<String>> running = CompletableFuture.supplyAsync(() -> server.chat(HELLO));
        await().until(() -> upstream.received().size() > before);

        HttpResponse<String> refused = server.chat(HELLO);
        HttpResponse<String> health = server.get("/healthz");
        latch.countDown();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(refused))
                .isEqualTo(error(
                        "The server runs 1 requests and has 0 waiting, its limits. Please retry later.",
                        "server_error",
                        null,
                        "queue_full"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(running.get(20, SECONDS).statusCode()).isEqualTo(200);
        // The place comes free once the answer has been written, which its client may have read by then.
        await().until(() -> server.chat(HELLO).statusCode() == 200);
    }
}
