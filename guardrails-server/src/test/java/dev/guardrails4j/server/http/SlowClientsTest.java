package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("issue 7: slow-loris and idle limits")
class SlowClientsTest {

    private static final Duration TIMEOUT = Duration.ofMillis(700);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final String HELLO =
            "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private RunningServer server;

    @BeforeEach
    void start() {
        start(new ConnectionSettings(2, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT, 2_048, 10));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void closesAConnectionWhoseHeadersTrickle() throws Exception {
        restart(new ConnectionSettings(10, NEVER, TIMEOUT, NEVER, NEVER, 2_048, 10));
        try (Socket client = connected()) {
            send(client, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            assertThat(trickleUntilClosed(client)).isEmpty();
        }
        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void closesAKeptConnectionWhoseNextHeadersTrickle() throws Exception {
        restart(new ConnectionSettings(10, NEVER, TIMEOUT, NEVER, NEVER, 2_048, 10));
        try (Socket client = connected()) {
            send(client, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(line(client)).isEqualTo("HTTP/1.1 200 OK");
            send(client, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            assertThat(trickleUntilClosed(client)).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void answersABodyThatTricklesWithTimeout() throws Exception {
        restart(new ConnectionSettings(10, NEVER, TIMEOUT, TIMEOUT, NEVER, 2_048, 10));
        try (Socket client = connected()) {
            send(client, head(100_000));
            CompletableFuture<Void> trickle = trickling(client);

            assertThat(line(client)).isEqualTo("HTTP/1.1 408 Request Timeout");
            trickle.join();
        }
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void answersABodyThatStopsWithTimeout() throws Exception {
        try (Socket client = connected()) {
            send(client, head(100_000) + "{");

            assertThat(line(client)).isEqualTo("HTTP/1.1 408 Request Timeout");
        }
    }

    @Test
    void closesAnIdleConnectionAndNotOneThatWaitsForItsModel() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        upstream.respond(request -> Response.answer("late").heldUntil(held));
        try (Socket idle = connected();
                Socket waiting = connected()) {
            send(idle, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            send(waiting, head(HELLO.length()) + HELLO);
            assertThat(line(idle)).isEqualTo("HTTP/1.1 200 OK");

            assertThat(new String(idle.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("}");
            await().during(TIMEOUT).until(() -> server.load().running() == 1);
            held.countDown();

            assertThat(line(waiting)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void leavesTheModelOfAClientThatDoesNotReadItsStream() throws Exception {
        upstream.respond(request -> Response.endless("word ".repeat(1_000)));
        String streamed = HELLO.replace("{\"model\"", "{\"stream\": true, \"model\"");
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4_096);
            client.connect(new InetSocketAddress("127.0.0.1", server.port()));
            send(client, head(streamed.length()) + streamed);

            await().atMost(30, SECONDS).until(() -> upstream.abandoned() > 0);
            await().atMost(30, SECONDS).until(() -> server.load().streams() == 0);
        }
    }

    /** It reads all that comes, but allows a byte more at a time to be sent, and so is never idle. */
    @Test
    void leavesTheModelOfAClientThatLetsHardlyAnythingBeSentOverHttp2() throws Exception {
        restart(new ConnectionSettings(10, NEVER, NEVER, NEVER, TIMEOUT, 2_048, 10));
        upstream.respond(request -> Response.endless("word ".repeat(1_000)));
        String streamed = HELLO.replace("{\"model\"", "{\"stream\": true, \"model\"");
        int abandoned = upstream.abandoned();
        try (Socket client = connected()) {
            OutputStream out = client.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(frame(4, 0, 0, new byte[0]));
            out.write(frame(1, 0x4, 1, headers(CHAT)));
            out.write(frame(0, 0x1, 1, streamed.getBytes(StandardCharsets.US_ASCII)));
            Thread reader = new Thread(() -> readAll(client));
            reader.start();

            await().atMost(30, SECONDS).until(() -> {
                out.write(frame(8, 0, 1, new byte[] {0, 0, 0, 1}));
                return upstream.abandoned() > abandoned;
            });
            await().atMost(30, SECONDS).until(() -> server.load().streams() == 0);
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    private static void readAll(Socket client) {
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // As it is at the end.
        }
    }

    /** POST, a path, and the type of what is sent, as HPACK without Huffman codes. */
    private static byte[] headers(String path) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(new byte[] {(byte) 0x83, (byte) 0x86, 0x01, 1, 'x', 0x04, (byte) path.length()});
        block.write(path.getBytes(StandardCharsets.US_ASCII));
        block.write(new byte[] {0x0f, 0x10, 16});
        block.write("application/json".getBytes(StandardCharsets.US_ASCII));
        return block.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return Http2Test.frame(type, flags, stream, payload);
    }

    @Test
    void acceptsAConnectionMoreThanThereMayBeOnceAnotherIsClosed() throws Exception {
        try (Socket first = connected();
                Socket second = connected();
                Socket third = connected()) {
            send(first, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(line(first)).isEqualTo("HTTP/1.1 200 OK");
            send(third, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            // The idle ones make room.
            assertThat(line(third)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(second.isConnected()).isTrue();
        }
    }

    @Test
    void refusesHeadersThatAreTooLong() throws Exception {
        try (Socket client = connected()) {
            send(client, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(3_000) + "\r\n\r\n");

            assertThat(line(client)).startsWith("HTTP/1.1 431 ");
        }
    }

    private void restart(ConnectionSettings connections) {
        server.close();
        start(connections);
    }

    private void start(ConnectionSettings connections) {
        server = RunningServer.start(
                ConfigRoot.standard(folder, upstream.baseUrl()).folder(),
                ServerSettings.on("127.0.0.1", 0)
                        .defaultConfigId(Optional.of("pass"))
                        .connections(connections)
                        .build());
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String head(int length) {
        return "POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        int read = client.getInputStream().read();
        while (read >= 0 && read != '\r') {
            line.append((char) read);
            read = client.getInputStream().read();
        }
        return line.toString();
    }

    private static CompletableFuture<Void> trickling(Socket client) {
        return CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    send(client, "x");
                    Thread.sleep(20);
                }
            } catch (IOException e) {
                // Closed, as it should be.
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** What comes from the server until it closes the connection. */
    private static String trickleUntilClosed(Socket client) throws IOException {
        CompletableFuture<Void> trickle = trickling(client);
        StringBuilder answer = new StringBuilder();
        try {
            for (int read = client.getInputStream().read();
                    read >= 0;
                    read = client.getInputStream().read()) {
                answer.append((char) read);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        trickle.join();
        return answer.toString();
    }
}
