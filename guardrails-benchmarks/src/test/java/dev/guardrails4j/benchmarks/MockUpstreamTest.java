package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MockUpstreamTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void answersARealClientWithTheSetText() throws Exception {
        try (MockUpstream upstream = MockUpstream.start(0, AT_ONCE, "Say \"hé\"\n")) {
            HttpResponse<String> response = client.send(completion(upstream).build(), BodyHandlers.ofString());

            JsonNode body = new ObjectMapper().readTree(response.body());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(body.path("object").asText()).isEqualTo("chat.completion");
            assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("Say \"hé\"\n");
            assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            assertThat(body.at("/usage/total_tokens").asInt()).isPositive();
        }
    }

    @Test
    void takesAChunkedBodyOfManyPackets() throws Exception {
        byte[] large = new byte[300_000];
        try (MockUpstream upstream = MockUpstream.start(0, AT_ONCE, "yes")) {
            HttpRequest chunked = HttpRequest.newBuilder(completions(upstream))
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)))
                    .build();

            List<Integer> statuses = List.of(
                    client.send(chunked, BodyHandlers.ofString()).statusCode(),
                    client.send(completion(upstream).build(), BodyHandlers.ofString())
                            .statusCode());

            assertThat(statuses).containsExactly(200, 200);
        }
    }

    @Test
    void waitsTheLatencyForEachOfManyAtOnce() throws Exception {
        Duration latency = Duration.ofMillis(100);
        try (MockUpstream upstream = MockUpstream.start(0, latency, "late")) {
            List<Duration> took = Stream.generate(
                            () -> timed(completion(upstream).build()))
                    .limit(20)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(took).allSatisfy(each -> assertThat(each).isGreaterThanOrEqualTo(latency));
        }
    }

    @Test
    void listsItsModel() throws Exception {
        try (MockUpstream upstream = MockUpstream.start(0, Duration.ofHours(1), "never")) {
            HttpRequest models = HttpRequest.newBuilder(URI.create(upstream.baseUrl() + "/models"))
                    .build();

            String body = client.send(models, BodyHandlers.ofString()).body();

            assertThat(new ObjectMapper().readTree(body).at("/data/0/id").asText())
                    .isEqualTo(MockAnswers.MODEL);
        }
    }

    @Test
    void answersPipelinedRequestsInTurnAndClosesWhenAsked() throws Exception {
        String request = "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        String last = "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
        try (MockUpstream upstream = MockUpstream.start(0, Duration.ofMillis(1), "turn");
                Socket socket = connect(upstream)) {
            socket.getOutputStream().write((request + request + last).getBytes(StandardCharsets.US_ASCII));

            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all.split("HTTP/1.1 200 OK", -1)).hasSize(4);
        }
    }

    @Test
    void refusesWhatIsNotHttpAndServesTheNextConnection() throws Exception {
        try (MockUpstream upstream = MockUpstream.start(0, AT_ONCE, "still here");
                Socket socket = connect(upstream)) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(client.send(completion(upstream).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void sendsAnAnswerThatIsLargerThanAnySocketBuffer() throws Exception {
        String large = "x".repeat(20_000_000);
        try (MockUpstream upstream = MockUpstream.start(0, AT_ONCE, large)) {
            HttpResponse<InputStream> slowlyRead =
                    client.send(completion(upstream).build(), BodyHandlers.ofInputStream());
            HttpResponse<String> other = client.send(completion(upstream).build(), BodyHandlers.ofString());

            assertThat(other.body()).contains(large);
            assertThat(slowlyRead.body().readAllBytes()).hasSize(other.body().length());
        }
    }

    @Test
    void closesItsConnectionsWithItself() throws Exception {
        MockUpstream upstream = MockUpstream.start(0, AT_ONCE, "bye");
        try (Socket socket = connect(upstream)) {
            client.send(completion(upstream).build(), BodyHandlers.ofString());

            upstream.close();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private CompletableFuture<Duration> timed(HttpRequest request) {
        long start = System.nanoTime();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> Duration.ofNanos(System.nanoTime() - start));
    }

    private static Socket connect(MockUpstream upstream) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), upstream.port());
    }

    private static HttpRequest.Builder completion(MockUpstream upstream) {
        return HttpRequest.newBuilder(completions(upstream))
                .POST(BodyPublishers.ofString(Target.body().toString()));
    }

    private static URI completions(MockUpstream upstream) {
        return URI.create(upstream.baseUrl() + "/chat/completions");
    }
}
