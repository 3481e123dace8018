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
