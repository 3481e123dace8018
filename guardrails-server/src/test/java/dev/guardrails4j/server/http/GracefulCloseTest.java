package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GracefulCloseTest {

    private static final String HELLO =
            "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}";

    @TempDir
    private Path folder;

    @Test
    void letsARunningRequestFinishThoughIdleConnectionsAreClosed() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningServer server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()));
                Socket idle = idleConnection(server)) {
            upstream.respond(request -> Response.answer("late").heldUntil(latch));
            Future<HttpResponse<String>> running = CompletableFuture.supplyAsync(() -> server.chat(HELLO));
            await().until(() -> upstream.received().size() == 1);

            Future<?> closing = CompletableFuture.runAsync(server::stop);
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            await().during(500, MILLISECONDS).until(() -> !running.isDone());
            latch.countDown();

            assertThat(running.get(20, SECONDS).body()).contains("late");
            closing.get(20, SECONDS);
        }
    }

    @Test
    void servesOnWhileLoadBalancersSeeThatItIsNotReady() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hi");
                RunningServer server = server(upstream, Duration.ofMinutes(10), Duration.ofSeconds(20))) {
            Thread closing = new Thread(server::stop);
            closing.start();
            await().until(() -> server.get("/health/ready").statusCode() == 503);

            assertThat(server.get("/health/ready").body()).contains("The server is stopping");
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.chat(HELLO).statusCode()).isEqualTo(200);
            closing.interrupt();
            closing.join();
        }
    }

    @Test
    void endsAStreamThatTakesTooLongByAnErrorEvent() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningServer server = server(upstream, Duration.ZERO, Duration.ofSeconds(1))) {
            upstream.respond(request -> Response.endless("one "));
            Future<HttpResponse<String>> stream = CompletableFuture.supplyAsync(
                    () -> server.chat(HELLO.replace("{\"model\"", "{\"stream\": true, \"model\"")));
            await().until(() -> upstream.received().size() == 1);

            server.stop();

            assertThat(stream.get(20, SECONDS).body())
                    .contains("\"one \"")
                    .contains("\"code\":\"server_stopping\"")
                    .endsWith("data: [DONE]\n\n");
            await().until(() -> upstream.abandoned() == 1);
        }
    }

    @Test
    void refusesARequestThatTakesTooLong() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningServer server = server(upstream, Duration.ZERO, Duration.ofMillis(100))) {
            upstream.respond(request -> Response.answer("late").heldUntil(latch));
            Future<HttpResponse<String>> running = CompletableFuture.supplyAsync(() -> server.chat(HELLO));
            await().until(() -> upstream.received().size() == 1);

            server.stop();
            latch.countDown();

            assertThat(running.get(20, SECONDS).statusCode()).isEqualTo(503);
            assertThat(running.get().headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void servesARequestThatWaitsForItsTurn() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningServer server = server(upstream, Duration.ZERO, Duration.ofSeconds(60))) {
            upstream.respond(request -> Response.answer("late").heldUntil(latch));
            Future<HttpResponse<String>> running = CompletableFuture.supplyAsync(() -> server.chat(HELLO));
            await().until(() -> upstream.received().size() == 1);
            Future<HttpResponse<String>> queued = CompletableFuture.supplyAsync(() -> server.chat(HELLO));
            await().until(() -> server.load().queued() == 1);

            Future<?> closing = CompletableFuture.runAsync(server::stop);
            latch.countDown();

            assertThat(running.get(20, SECONDS).statusCode()).isEqualTo(200);
            assertThat(queued.get(20, SECONDS).statusCode()).isEqualTo(200);
            closing.get(20, SECONDS);
        }
    }

    private RunningServer server(ScriptedUpstream upstream, Duration delay, Duration drain) {
        return RunningServer.start(
                ConfigRoot.standard(folder, upstream.baseUrl()).folder(),
                ServerSettings.on("127.0.0.1", 0)
                        .defaultConfigId(Optional.of("pass"))
                        .admission(new AdmissionSettings(Optional.of(1), Optional.of(1), 1, Duration.ofSeconds(60)))
                        .drain(new DrainSettings(delay, drain))
                        .build());
    }

    /** A connection on which one request was answered, and that waits for the next. */
    private static Socket idleConnection(RunningServer server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("}")) {
            answer.append((char) socket.getInputStream().read());
        }
        return socket;
    }
}
