package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 7: HTTP/2 on the plain port, for clients that begin with it. */
class Http2Test {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int MAX_CONCURRENT_STREAMS = 3;

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;

    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
        client.start();
        upstream = ScriptedUpstream.start();
        server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()));
    }

    @BeforeEach
    void answerPlainly() {
        upstream.respond(received ->
                received.body().contains("\"stream\":true") ? Response.stream("Hel", "lo") : Response.answer("Hello"));
    }

    @AfterAll
    static void stop() throws Exception {
        client.stop();
        server.close();
        upstream.close();
    }

    @Test
    void answersAClientThatBeginsWithIt() throws Exception {
        ContentResponse answer = chat(false).send();

        assertThat(answer.getVersion()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(answer.getContentAsString()).contains("Hello");
    }

    /** RFC 9113, 3.1: the upgrade is given up. */
    @Test
    void answersByHttp1WhoAsksToChange() throws Exception {
        HttpResponse<String> answer = java.net.http.HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(server.url("/healthz"))).build(), BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(Version.HTTP_1_1);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void streamsOverIt() throws Exception {
        ContentResponse streamed = chat(true).send();

        assertThat(streamed.getVersion()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(streamed.getContentAsString())
                .contains("\"Hel\"")
                .contains("\"lo\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void answersCurlThatBeginsWithIt() throws Exception {
        Path curl = Path.of("/usr/bin/curl");
        assumeTrue(Files.isExecutable(curl));

        Process process = new ProcessBuilder(
                        curl.toString(),
                        "-sS",
                        "--http2-prior-knowledge",
                        "-w",
                        " version %{http_version} status %{http_code}",
                        server.url("/healthz"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).endsWith(" version 2 status 200");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopsTheModelWhenTheStreamIsReset(boolean isStreamed) throws Exception {
        int before = upstream.received().size();
        int abandoned = upstream.abandoned();
        upstream.respond(received -> (isStreamed ? Response.stream("slow", "ly") : Response.answer("slowly"))
                .dripping(Duration.ofMillis(500)));
        Request waiting = chat(isStreamed);
        waiting.send(result -> {});
        await().atMost(30, SECONDS).until(() -> upstream.received().size() > before);

        waiting.abort(new IOException("nobody waits any more"));

        await().atMost(30, SECONDS).until(() -> upstream.abandoned() > abandoned);
        answerPlainly();
        assertThat(chat(false).send().getStatus()).isEqualTo(200);
    }

    @Test
    void saysHowManyStreamsAConnectionMayHave() throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(frame(SETTINGS, 0, 0, new byte[0]));
            Frame settings = Frame.read(new DataInputStream(socket.getInputStream()));

            assertThat(settings.type()).isEqualTo(SETTINGS);
            assertThat(setting(settings.payload(), MAX_CONCURRENT_STREAMS))
                    .isEqualTo(ConnectionSettings.DEFAULT.maxStreamsPerConnection());
        }
    }

    /** CVE-2023-44487: streams that are opened and reset at once cost the server and not the client. */
    @Test
    void endsAConnectionThatResetsItsStreamsAsFastAsItOpensThem() throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(frame(SETTINGS, 0, 0, new byte[0]));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            CompletableFuture<Void> attack = CompletableFuture.runAsync(() -> {
                try {
                    for (int stream = 1; stream < 20_000; stream += 2) {
                        ByteArrayOutputStream out = new ByteArrayOutputStream();
                        out.write(frame(
                                HEADERS, 0x5, stream, new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'
                                }));
                        out.write(frame(RESET, 0, stream, new byte[] {0, 0, 0, 8}));
                        socket.getOutputStream().write(out.toByteArray());
                    }
                } catch (IOException e) {
                    // The server has closed the connection, as it should.
                }
            });

            Frame last = Frame.read(in);
            while (last.type() != GO_AWAY) {
                last = Frame.read(in);
            }
            attack.join();
        }
        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }

    private static Socket connected() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(PREFACE);
        return socket;
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static int setting(byte[] payload, int wanted) {
        ByteBuffer settings = ByteBuffer.wrap(payload);
        while (settings.remaining() >= 6) {
            int key = settings.getShort();
            int value = settings.getInt();
            if (key == wanted) {
                return value;
            }
        }
        return -1;
    }

    private record Frame(int type, byte[] payload) {

        static Frame read(DataInputStream in) throws IOException {
            byte[] head = in.readNBytes(9);
            assertThat(head).as("a frame before the connection ends").hasSize(9);
            int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
            return new Frame(head[3], in.readNBytes(length));
        }
    }

    private static Request chat(boolean isStreamed) {
        return client.POST(server.url(RunningServer.CHAT))
                .body(new StringRequestContent(
                        "application/json",
                        "{\"model\": \"m\", \"stream\": %b, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"
                                .formatted(isStreamed)));
    }
}
