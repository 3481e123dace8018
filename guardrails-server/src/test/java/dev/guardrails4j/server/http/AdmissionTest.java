package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.server.metrics.AdmissionLoad;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("issue 7: bounded admission; contract \"chat server\" 1.1")
class AdmissionTest {

    private static final String HELLO =
            "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}";
    private static final String STREAM = HELLO.replace("{\"model\"", "{\"stream\": true, \"model\"");
    private static final String GUARDED = "/v1/guardrail/chat/completions";

    @TempDir
    private Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void holdEverything() {
        upstream.respond(request -> (request.body().contains("\"stream\":true")
                        ? Response.stream("late")
                        : Response.answer("late"))
                .heldUntil(held));
    }

    @AfterEach
    void stop() {
        held.countDown();
        threads.shutdown();
        upstream.close();
    }

    @Test
    void letsARequestWaitForItsTurnAndRefusesWhatIsTooMany() throws Exception {
        try (RunningServer server = server(1, 1, 1, Duration.ofSeconds(60))) {
            CompletableFuture<HttpResponse<String>> running = chat(server, HELLO);
            await().until(() -> upstream.received().size() == 1);
            CompletableFuture<HttpResponse<String>> queued = chat(server, HELLO);
            await().until(() -> server.load().queued() == 1);

            HttpResponse<String> refused = server.chat(HELLO);
            AdmissionLoad load = server.load();
            held.countDown();

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(json(refused))
                    .isEqualTo(error(
                            "The server runs 1 requests and has 1 waiting, its limits. Please retry later.",
                            "server_error",
                            null,
                            "queue_full"));
            assertThat(load).isEqualTo(new AdmissionLoad(1, 0, 1, 1, 0));
            assertThat(running.get(20, SECONDS).statusCode()).isEqualTo(200);
            assertThat(queued.get(20, SECONDS).statusCode()).isEqualTo(200);
            await().until(() -> server.load().running() == 0);
        }
    }

    @Test
    void refusesARequestThatHasWaitedTooLong() {
        try (RunningServer server = server(1, 1, 5, Duration.ofMillis(50))) {
            chat(server, HELLO);
            await().until(() -> upstream.received().size() == 1);

            HttpResponse<String> refused = server.chat(HELLO);
            held.countDown();

            assertThat(json(refused).at("/error/code").asText()).isEqualTo("queue_full");
            assertThat(server.load().queued()).isZero();
        }
    }

    @Test
    void waitsNoLongerThanItsCallerDoes() {
        try (RunningServer server = server(1, 1, 5, Duration.ofMinutes(10))) {
            chat(server, HELLO);
            await().until(() -> upstream.received().size() == 1);

            HttpResponse<String> refused =
                    server.send("POST", CHAT, HELLO, "Content-Type", "application/json", "X-Request-Timeout", "50ms");
            held.countDown();

            assertThat(refused.statusCode()).isEqualTo(503);
        }
    }

    @Test
    void forgetsAClientThatLeavesTheQueue() throws Exception {
        try (RunningServer server = server(1, 1, 5, Duration.ofMinutes(10))) {
            CompletableFuture<HttpResponse<String>> running = chat(server, HELLO);
            await().until(() -> upstream.received().size() == 1);
            try (Socket client = new Socket("127.0.0.1", server.port())) {
                client.getOutputStream()
                        .write(("POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + HELLO.length() + "\r\n\r\n" + HELLO)
                                .getBytes(StandardCharsets.US_ASCII));
                await().until(() -> server.load().queued() == 1);
            }

            await().atMost(30, SECONDS).until(() -> server.load().queued() == 0);
            held.countDown();
            assertThat(running.get(20, SECONDS).statusCode()).isEqualTo(200);
            assertThat(upstream.received()).hasSize(1);
        }
    }

    @Test
    void refusesAStreamMoreThanMayBeOpenWhileRequestsAreServed() throws Exception {
        try (RunningServer server = server(1, 1, 0, Duration.ofSeconds(1))) {
            CompletableFuture<HttpResponse<String>> stream = chat(server, STREAM);
            await().until(() -> upstream.received().size() == 1);

            HttpResponse<String> refused = server.chat(STREAM);
            HttpResponse<String> other = server.send("POST", GUARDED, STREAM, "Content-Type", "application/json");
            CompletableFuture<HttpResponse<String>> request = chat(server, HELLO);
            await().until(() -> upstream.received().size() == 2);
            AdmissionLoad load = server.load();
            held.countDown();

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            String message = "The server streams 1 answers, its limit. Please retry later.";
            assertThat(json(refused)).isEqualTo(error(message, "server_error", null, "streaming_capacity"));
            assertThat(other.statusCode()).isEqualTo(503);
            assertThat(other.headers().firstValue("Retry-After")).contains("1");
            assertThat(json(other).path("detail").asText()).isEqualTo(message);
            assertThat(load).isEqualTo(new AdmissionLoad(1, 1, 0, 0, 2));
            assertThat(stream.get(20, SECONDS).body()).contains("late");
            assertThat(request.get(20, SECONDS).statusCode()).isEqualTo(200);
            assertThat(server.chat(STREAM).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersHealthWhileNothingElseHasAPlace() {
        try (RunningServer server = server(20, 20, 20, Duration.ofMinutes(10))) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(chat(server, HELLO));
                all.add(chat(server, HELLO));
                all.add(chat(server, STREAM));
            }
            await().atMost(30, SECONDS).until(() -> server.load().equals(new AdmissionLoad(20, 20, 20, 0, 0)));

            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/rails/configs").statusCode()).isEqualTo(200);
            Scrape metrics = Scrape.of(server);
            assertThat(metrics.value("guardrails_nonstream_active")).isEqualTo(20);
            assertThat(metrics.value("guardrails_nonstream_queued")).isEqualTo(20);
            assertThat(metrics.value("guardrails_stream_active")).isEqualTo(20);
            assertThat(server.chat(HELLO).statusCode()).isEqualTo(503);
            held.countDown();
            all.forEach(CompletableFuture::join);
        }
    }

    private CompletableFuture<HttpResponse<String>> chat(RunningServer server, String body) {
        return CompletableFuture.supplyAsync(() -> server.chat(body), threads);
    }

    private RunningServer server(int requests, int streams, int queued, Duration wait) {
        return RunningServer.start(
                ConfigRoot.standard(folder, upstream.baseUrl()).folder(),
                ServerSettings.on("127.0.0.1", 0)
                        .defaultConfigId(Optional.of("pass"))
                        .admission(new AdmissionSettings(Optional.of(requests), Optional.of(streams), queued, wait))
                        .build());
    }
}
