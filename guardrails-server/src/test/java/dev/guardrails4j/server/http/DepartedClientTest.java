package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DESIGN 4: a client that goes away before its answer has begun stops what is done for it. */
class DepartedClientTest {

    private static final String HELD = "Hold it!";
    private static final String SLOWLY = "Slowly, please!";
    private static final Duration PAUSE = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private RunningServer server;

    @BeforeEach
    void start() {
        upstream.respond(received -> {
            Response answer =
                    received.body().contains("\"stream\":true") ? Response.stream("No") : Response.answer("No");
            if (received.body().contains(HELD)) {
                return answer.heldUntil(held);
            }
            return received.body().contains(SLOWLY) ? answer.dripping(PAUSE) : answer;
        });
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl());
        server = RunningServer.start(root.folder(), RunningServer.settings("", Optional.of("pass")));
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | pass    | false",
                "/v1/chat/completions | pass    | true",
                "/v1/chat/completions | checked | false",
                "/v1/checks           | checked | false",
                "/v1/guardrail/checks | checked | false",
            })
    void stopsTheModelWhenItsClientIsGone(String path, String config, boolean isStreamed) throws IOException {
        try (Socket client = new Socket("127.0.0.1", server.port())) {
            send(client, path, SLOWLY, config, isStreamed);
            await().atMost(30, SECONDS).until(() -> !upstream.received().isEmpty());
        }

        await().atMost(30, SECONDS).until(() -> upstream.abandoned() > 0);
        assertThat(server.chat(body("Hello!", "pass", false)).statusCode()).isEqualTo(200);
    }

    /** What a client sends while it waits is its next request, and every byte of it counts. */
    @Test
    void servesTheRequestsThatAClientSendsAhead() throws Exception {
        try (Socket client = new Socket("127.0.0.1", server.port())) {
            send(client, "/v1/chat/completions", HELD, "pass", false);
            await().atMost(30, SECONDS).until(() -> !upstream.received().isEmpty());
            send(client, "/v1/chat/completions", "Hello!", "pass", false);
            send(client, "/v1/chat/completions", "Hello again!", "pass", false);
            // Long enough for the watch to have looked, and to have read a byte too many if it does.
            Thread.sleep(1_000);
            assertThat(upstream.received()).hasSize(1);
            held.countDown();

            assertThat(answers(client.getInputStream(), 3)).isEqualTo(3);
            assertThat(upstream.abandoned()).isZero();
        }
    }

    private static int answers(InputStream in, int wanted) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[8192];
        int answers = 0;
        while (answers < wanted) {
            int count = in.read(buffer);
            assertThat(count).as("%s", read).isPositive();
            read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            answers = read.toString().split("HTTP/1.1 200 OK", -1).length - 1;
        }
        return answers;
    }

    private static void send(Socket client, String path, String text, String config, boolean isStreamed)
            throws IOException {
        byte[] body = body(text, config, isStreamed).getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        OutputStream out = client.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static String body(String text, String config, boolean isStreamed) {
        return "{\"model\": \"m\", \"stream\": %b, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}],"
                        .formatted(isStreamed, text)
                + " \"guardrails\": {\"config_id\": \"" + config + "\"}}";
    }
}
