package dev.guardrails4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedUpstreamTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void answersEveryCompletionWithTheText() throws Exception {
        upstream.answer("He said \"hi\"\\\n\u0001é");

        HttpResponse<String> answer = post("{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .contains("\"content\":\"He said \\\"hi\\\"\\\\\\u000a\\u0001é\"")
                .contains("\"prompt_tokens\":7,\"completion_tokens\":5");
    }

    @Test
    void prefersTheFirstRuleThatMatches() throws Exception {
        upstream.answer("default").answerWhen("weather", "sunny").answerWhen("weather today", "rain");

        assertThat(post("the weather today").body()).contains("sunny");
        assertThat(post("anything else").body()).contains("default");
    }

    @Test
    void keepsWhatItReceivedInOrder() throws Exception {
        post("first");
        post("second");

        assertThat(upstream.received())
                .extracting(ScriptedUpstream.Received::body)
                .containsExactly("first", "second");
        assertThat(upstream.received().get(0).path()).isEqualTo("/v1/chat/completions?a=b");
        assertThat(upstream.received().get(0).headers()).containsEntry("x-test", "yes");
    }

    @Test
    void answersInTurnAndThenKeepsToTheLast() throws Exception {
        upstream.respondInTurn(
                Response.error(429, "slow down", "rate_limit").header("Retry-After", "3"), Response.answer("ok"));

        HttpResponse<String> refusal = post("{}");

        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.headers().firstValue("Retry-After")).contains("3");
        assertThat(refusal.body()).contains("\"message\":\"slow down\"").contains("\"code\":\"rate_limit\"");
        assertThat(post("{}").body()).contains("ok");
        assertThat(post("{}").body()).contains("ok");
    }

    @Test
    void givesReasoningToolCallsAndModels() throws Exception {
        upstream.respondInTurn(
                Response.reasoned("hm", "yes"), Response.toolCalls(new ToolCall("c1", "look_up", "{\"q\":1}")));

        assertThat(post("{}").body()).contains("\"reasoning_content\":\"hm\",\"content\":\"yes\"");
        assertThat(post("{}").body())
                .contains("\"content\":null")
                .contains(
                        "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"look_up\",\"arguments\":\"{\\\"q\\\":1}\"}}")
                .contains("\"finish_reason\":\"tool_calls\"");
        upstream.answer("x");
        assertThat(get("/models").body()).contains("\"data\":[{\"id\":\"scripted-model\"");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void holdsManyAnswersBackAtOnce() {
        CountDownLatch latch = new CountDownLatch(1);
        upstream.respond(request -> Response.answer("late").heldUntil(latch));

        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 300)
                .mapToObj(i -> client.sendAsync(request("{}"), HttpResponse.BodyHandlers.ofString()))
                .toList();

        await().until(() -> upstream.received().size() == 300);
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        latch.countDown();
        assertThat(answers).allMatch(answer -> answer.join().body().contains("late"));
    }

    @Test
    void breaksOffAndDrops() {
        upstream.respondInTurn(Response.answer("half of this").brokenOff(), Response.dropped());

        assertThatThrownBy(() -> post("{}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post("{}")).isInstanceOf(IOException.class);
    }

    @Test
    void noticesThatTheClientOfADrippingAnswerHasGone() {
        upstream.respond(request -> Response.answer("x".repeat(100_000)).dripping(Duration.ofMillis(1)));

        CompletableFuture<?> call = client.sendAsync(request("{}"), HttpResponse.BodyHandlers.ofString());
        await().until(() -> !upstream.received().isEmpty());
        call.cancel(true);

        await().until(() -> upstream.abandoned() == 1);
    }

    @Test
    void answersAScriptThatThrowsWith500() throws Exception {
        upstream.respond(request -> {
            throw new IllegalStateException("unexpected request");
        });

        assertThat(post("{}").statusCode()).isEqualTo(500);
        assertThat(post("{}").body()).contains("unexpected request");
    }

    @Test
    void streamsToARequestThatWantsAStream() throws Exception {
        upstream.answer("Hello  you\n\"there\"").answerWhen("weather", "sunny");

        HttpResponse<String> answer = post("{\"stream\": true}");

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(choices(answer.body()))
                .containsExactly(
                        delta("{\"role\":\"assistant\",\"content\":\"\"}"),
                        delta("{\"content\":\"Hello  \"}"),
                        delta("{\"content\":\"you\\u000a\"}"),
                        delta("{\"content\":\"\\\"there\\\"\"}"),
                        "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "[DONE]");
        assertThat(post("{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"weather\":1}")
                        .body())
                .contains("sunny")
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":7,")
                .endsWith("data: [DONE]\n\n");
        assertThat(post("a text: \\\"stream\\\":true").body()).startsWith("{");
    }

    @Test
    void streamsChunksReasoningToolCallsAndWhateverIsSaid() throws Exception {
        upstream.respondInTurn(
                Response.stream("a", "", "b c"),
                Response.streamReasoned("h m", "yes"),
                Response.streamToolCalls(new ToolCall("c1", "look_up", "{\"q\": 1}")),
                Response.sse("data: x\n\n"));

        assertThat(choices(post("{}").body()))
                .contains(delta("{\"content\":\"a\"}"), delta("{\"content\":\"\"}"), delta("{\"content\":\"b c\"}"));
        assertThat(choices(post("{}").body()))
                .contains(delta("{\"reasoning_content\":\"h \"}"), delta("{\"content\":\"yes\"}"));
        assertThat(choices(post("{}").body()))
                .contains(
                        delta("{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"look_up\",\"arguments\":\"\"}}]}"),
                        delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}"))
                .contains("[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
        assertThat(post("{}").body()).isEqualTo("data: x\n\n");
    }

    @Test
    void holdsAStreamAfterSomeOfItsEvents() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        upstream.respond(request -> Response.stream("early", "late").heldAfter(2, latch));

        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                client.send(request("{}"), HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).contains("role");
            assertThat(reader.readLine()).isEmpty();
            assertThat(reader.readLine()).contains("early");
            assertThat(reader.readLine()).isEmpty();
            assertThat(upstream.sentBytes()).isLessThan(500);
            latch.countDown();
            assertThat(reader.readLine()).contains("late");
        }
    }

    @Test
    void breaksAStreamOff() {
        upstream.respond(request -> Response.stream("a", "b").brokenOffAfter(2));

        assertThatThrownBy(() -> post("{}")).isInstanceOf(IOException.class);
    }

    @Test
    void noticesThatTheClientOfAPausingOrEndlessStreamHasGone() throws Exception {
        upstream.respondInTurn(
                Response.endless("x").pausing(Duration.ofMillis(5)), Response.endless("x".repeat(1_000)));

        for (int i = 1; i <= 2; i++) {
            int gone = i;
            client.send(request("{}"), HttpResponse.BodyHandlers.ofInputStream())
                    .body()
                    .close();
            await().until(() -> upstream.abandoned() == gone);
        }
    }

    @Test
    void countsConnections() throws Exception {
        post("{}");
        post("{}");

        assertThat(upstream.connections()).isOne();
    }

    @Test
    void refusesConnectionsWhenClosed() {
        upstream.close();

        assertThatThrownBy(() -> post("{}")).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(request(body), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> choices(String events) {
        return Arrays.stream(events.split("\n\n", -1))
                .filter(event -> !event.isEmpty())
                .map(event -> event.replaceFirst("data: (\\{.*?\"choices\":)?", ""))
                .toList();
    }

    private static String delta(String delta) {
        return "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(upstream.baseUrl() + "/chat/completions?a=b"))
                .header("X-Test", "yes")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(upstream.baseUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
