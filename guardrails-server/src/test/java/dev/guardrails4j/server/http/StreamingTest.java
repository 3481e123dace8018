package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streamed chat completions over a real socket: contract "chat server" 3, DESIGN 5. */
class StreamingTest {

    private static final String DONE = "[DONE]";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private RunningServer server;

    @BeforeEach
    void start() {
        String models = ConfigRoot.models(upstream.baseUrl());
        String patterns = """
                  config:
                    regex_detection:
                      input: {patterns: [swordfish]}
                      output: {patterns: [swordfish]}
                """;
        ConfigRoot root = new ConfigRoot(folder)
                .config("pass", models)
                .config("input", models + "rails:\n  input: {flows: [regex check input]}\n" + patterns)
                .config(
                        "exceptions",
                        models + "enable_rails_exceptions: true\nrails:\n  input: {flows: [regex check input]}\n"
                                + patterns)
                .config("closed", models + "rails:\n  output: {flows: [regex check output]}\n" + patterns)
                .config("output", models + """
                        rails:
                          output:
                            flows: [regex check output]
                            streaming: {enabled: true, chunk_size: 2, context_size: 1}
                        """ + patterns);
        server = RunningServer.start(root);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void streamsTheAnswerBetweenARoleAndAFinishReason() {
        HttpResponse<String> response = stream("pass", "Hi", ", \"stream_options\": {\"include_usage\": true}");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
        List<String> frames = frames(response);
        assertThat(frames).last().isEqualTo(DONE);
        List<JsonNode> chunks = chunks(frames);
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk"));
        assertThat(chunks.stream().map(chunk -> chunk.path("id").asText()).distinct())
                .hasSize(1);
        assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(content(chunks)).isEqualTo("Hello to you.");
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(chunks.get(chunks.size() - 1).path("choices")).isEmpty();
        assertThat(chunks.get(chunks.size() - 1).at("/usage/total_tokens").asInt())
                .isEqualTo(12);
    }

    @Test
    @DisplayName("contract 3.1: data lines only; nothing of guardrails; what is not ASCII stands as it is")
    void writesNothingButDataAndWhatTheModelSaid() {
        upstream.respond(received -> Response.stream("Grüße, ", "你好 ", "{\"a\":1}", "{}", "[1]", "7"));

        HttpResponse<String> response = stream("pass", "Hi", "");

        assertThat(response.body().lines().filter(line -> !line.isEmpty() && !line.startsWith(":")))
                .allMatch(line -> line.startsWith("data: "));
        assertThat(response.body()).contains("Grüße", "你好").doesNotContain("config_id", "\\u");
        List<JsonNode> chunks = chunks(frames(response));
        assertThat(content(chunks)).as("JSON from a model is text").isEqualTo("Grüße, 你好 {\"a\":1}{}[1]7");
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("created").isIntegralNumber()).isTrue();
            assertThat(chunk.path("model").asText())
                    .isEqualTo(chunks.get(0).path("model").asText());
            assertThat(chunk.has("guardrails")).isFalse();
        });
    }

    @Test
    @DisplayName("contract 3.1: an answer without a word still begins and ends")
    void streamsAnAnswerWithoutAWord() {
        upstream.respond(received -> Response.stream());

        List<String> frames = frames(stream("pass", "Hi", ""));

        assertThat(frames).hasSize(3).last().isEqualTo(DONE);
        assertThat(chunks(frames).get(1).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
    }

    @Test
    @DisplayName("contract 3.3: a block of the very beginning is a single frame")
    void tellsABlockOfTheVeryBeginningInOneFrame() {
        upstream.respond(received -> Response.stream("sword", "fish ", "and ", "more"));

        List<String> frames = frames(stream("output", "Hi", ""));

        assertThat(frames).hasSize(2).last().isEqualTo(DONE);
        assertThat(RunningServer.json(frames.get(0)).at("/error/code").asText()).isEqualTo("content_blocked");
    }

    @Test
    @DisplayName("contract 2 and 3.3: a request may switch output rails off, and then needs no streaming of theirs")
    void heedsTheRailsThatARequestWants() {
        HttpResponse<String> response = server.chat("""
                {"model": "m", "stream": true, "messages": [{"role": "user", "content": "Hi"}],
                 "guardrails": {"config_id": "closed", "options": {"rails": {"output": false}}}}""");

        assertThat(content(chunks(frames(response)))).isEqualTo("Hello to you.");
    }

    @Test
    @DisplayName("contract 3.2: keys and addresses are taken out of a late failure, too")
    void tellsNoSecretInALateFailure() {
        upstream.respond(received -> Response.sse("""
                data: {"choices":[{"index":0,"delta":{"content":"It "}}]}

                data: {"error":{"message":"no quota for sk-abc123 at https://secret.test/v1","code":"quota"}}

                """));

        List<String> frames = frames(stream("pass", "Hi", ""));

        assertThat(frames).last().isEqualTo(DONE);
        assertThat(frames.get(frames.size() - 2)).contains("\"error\"").doesNotContain("abc123", "secret.test");
    }

    @Test
    void tellsTheTokensOnlyWhenAskedTo() {
        assertThat(stream("pass", "Hi", "").body()).doesNotContain("usage");
    }

    @Test
    void refusesAsContentWhenAnInputRailBlocks() {
        HttpResponse<String> response = stream("input", "swordfish", "");

        assertThat(response.headers().firstValue("X-Guardrails-Rail")).hasValue("regex check input");
        List<JsonNode> chunks = chunks(frames(response));
        assertThat(content(chunks)).isEqualTo("I'm sorry, I can't respond to that.");
        assertThat(chunks.get(chunks.size() - 1).at("/choices/0/finish_reason").asText())
                .isEqualTo("content_filter");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void answersWithTheExceptionWhenTheConfigurationWantsExceptions() {
        HttpResponse<String> response = stream("exceptions", "swordfish", "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningServer.json(response).at("/error/code").asText()).isEqualTo("content_blocked");
    }

    @Test
    void refusesToStreamThroughOutputRailsUnlessTheConfigurationAllowsIt() {
        HttpResponse<String> response = stream("closed", "Hi", "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("rails.output.streaming.enabled");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void streamsWhatTheModelSaysInsteadOfAnAnswer() {
        upstream.respond(received -> Response.sse(
                "data: {\"choices\": [{\"index\": 0, \"delta\": {\"refusal\": \"I won't.\"}}]}\n\ndata: [DONE]\n\n"));

        List<JsonNode> chunks = chunks(frames(stream("output", "Hi", "")));

        assertThat(chunks.get(1).at("/choices/0/delta").toString()).isEqualTo("{\"refusal\":\"I won't.\"}");
        assertThat(content(chunks)).isEmpty();
    }

    @Test
    void endsWithAViolationWhenAnOutputRailBlocks() {
        upstream.respond(
                received -> Response.stream("It ", "is ", "really ", "sword", "fish ", "now ", "and ", "then"));

        List<String> frames = frames(stream("output", "Hi", ""));

        assertThat(frames).last().isEqualTo(DONE);
        JsonNode error = RunningServer.json(frames.get(frames.size() - 2)).path("error");
        assertThat(error.toString())
                .isEqualTo("{\"message\":\"Blocked by regex check output rails.\",\"type\":\"guardrails_violation\","
                        + "\"param\":\"regex check output\",\"code\":\"content_blocked\"}");
        assertThat(content(chunks(frames.subList(0, frames.size() - 2)))).isEqualTo("It is really ");
    }

    @Test
    void answersAnEarlyFailureOfTheModelAsAnOrdinaryError() {
        upstream.respond(received ->
                Response.error(429, "slow down", "rate_limit_exceeded").header("Retry-After", "7"));

        HttpResponse<String> response = stream("pass", "Hi", "");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(RunningServer.json(response).at("/error/message").asText()).isEqualTo("slow down");
    }

    @Test
    void tellsALateFailureOfTheModelInOneFrame() {
        upstream.respond(received -> Response.stream("It ", "is ", "so ").brokenOffAfter(2));

        List<String> frames = frames(stream("pass", "Hi", ""));

        assertThat(frames).last().isEqualTo(DONE);
        JsonNode error = RunningServer.json(frames.get(frames.size() - 2)).path("error");
        assertThat(error.path("type").asText()).isEqualTo("generation_error");
        assertThat(error.path("code").asText()).isEqualTo("generation_failed");
    }

    @Test
    void streamsCallsOfTools() {
        upstream.respond(received -> Response.streamToolCalls(new ToolCall("call_1", "search", "{\"q\":\"cod\"}")));

        List<JsonNode> chunks = chunks(frames(stream("pass", "Hi", "")));

        String arguments = chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0/function/arguments")
                        .asText())
                .collect(Collectors.joining());
        assertThat(RunningServer.json(arguments).path("q").asText()).isEqualTo("cod");
        assertThat(chunks.toString()).contains("\"id\":\"call_1\"", "\"name\":\"search\"", "\"type\":\"function\"");
        assertThat(chunks.get(chunks.size() - 1).at("/choices/0/finish_reason").asText())
                .isEqualTo("tool_calls");
    }

    @Test
    void streamsReasoningApart() {
        upstream.respond(received -> Response.streamReasoned("Let me see.", "Cod."));

        List<JsonNode> chunks = chunks(frames(stream("pass", "Hi", "")));

        assertThat(content(chunks)).isEqualTo("Cod.");
        assertThat(chunks.stream()
                        .map(chunk ->
                                chunk.at("/choices/0/delta/reasoning_content").asText())
                        .collect(Collectors.joining()))
                .isEqualTo("Let me see.");
    }

    @Test
    void keepsAnIdleStreamOpenAndStopsTheModelWhenTheClientIsGone() throws Exception {
        upstream.respond(received -> Response.endless("on and ").pausing(Duration.ofSeconds(2)));

        try (Socket client = new Socket("127.0.0.1", server.port())) {
            OutputStream out = client.getOutputStream();
            byte[] body = body("pass", "Hi", "").getBytes(StandardCharsets.UTF_8);
            out.write(
                    ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            while (!line.equals(": keep-alive")) {
                line = in.readLine();
            }
        }

        await().atMost(30, SECONDS).until(() -> upstream.abandoned() > 0);
    }

    private HttpResponse<String> stream(String config, String text, String more) {
        return server.chat(body(config, text, more));
    }

    private static String body(String config, String text, String more) {
        return "{\"model\": \"scripted-model\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}],"
                        .formatted(text)
                + "\"guardrails\": {\"config_id\": \"%s\"}%s}".formatted(config, more);
    }

    private static List<String> frames(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static List<JsonNode> chunks(List<String> frames) {
        return frames.stream()
                .filter(frame -> !frame.equals(DONE))
                .map(RunningServer::json)
                .toList();
    }

    private static String content(List<JsonNode> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asText())
                .collect(Collectors.joining());
    }
}
