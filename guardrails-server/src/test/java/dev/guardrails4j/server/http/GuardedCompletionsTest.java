package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("checks-contract 9: guarded completions as the microservice has them, over sockets")
class GuardedCompletionsTest {

    private static final String CHAT = "/v1/guardrail/chat/completions";
    private static final String COMPLETIONS = "/v1/guardrail/completions";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl())
                .config("words", """
                %s
                rails:
                  input: {flows: [regex check input]}
                  output: {flows: [regex check output], streaming: {enabled: true}}
                  config:
                    regex_detection: {input: {patterns: [evil]}, output: {patterns: [wicked]}}
                """.formatted(ConfigRoot.models(upstream.baseUrl())));
        server = RunningServer.start(root.folder(), RunningServer.settings("", Optional.of("words")));
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void answer() {
        upstream.respond(request -> Response.answer("Good day!"));
    }

    @Test
    void answersAChatCompletion() {
        HttpResponse<String> answer = chat("\"guardrails\": {\"config_id\": \"words\"}", "Hello!");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Trace-Id")).isPresent();
        JsonNode body = json(answer);
        assertThat(names(body))
                .containsExactly("id", "object", "created", "model", "choices", "usage", "guardrails_data");
        assertThat(body.path("id").asText()).startsWith("chatcmpl-");
        assertThat(body.path("model").asText()).isEqualTo("some-model");
        assertThat(body.path("choices")).isEqualTo(json("""
                [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Good day!"}}]"""));
        assertThat(body.at("/usage/total_tokens").asInt()).isPositive();
        assertThat(body.path("guardrails_data")).isEqualTo(json("{\"config_ids\": [\"words\"]}"));
    }

    @Test
    void saysNothingOfGuardrailsIfNotAsked() {
        assertThat(json(chat("\"user\": \"u\"", "Hello!")).has("guardrails_data"))
                .isFalse();
    }

    @Test
    void tellsOfABlockBeforeTheModelWasAsked() {
        int before = upstream.received().size();

        HttpResponse<String> answer = chat("\"guardrails\": {\"config_id\": \"words\"}", "evil");

        assertThat(answer.headers().firstValue("X-Guardrails-Rail")).contains("regex check input");
        JsonNode body = json(answer);
        assertThat(body.path("model").asText()).isEqualTo("-");
        assertThat(body.path("choices")).isEqualTo(json("""
                [{"index": 0, "finish_reason": "content_filter",
                  "message": {"role": "assistant", "content": "I'm sorry, I can't respond to that."}}]"""));
        assertThat(body.path("usage")).isEqualTo(json("""
                {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}"""));
        assertThat(upstream.received()).hasSize(before);
    }

    @Test
    void tellsOfABlockOfTheAnswer() {
        upstream.respond(request -> Response.answer("wicked"));

        JsonNode body = json(chat("\"guardrails\": {\"config_id\": \"words\"}", "Hello!"));

        assertThat(body.path("model").asText()).isEqualTo("some-model");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
        assertThat(body.toString()).doesNotContain("wicked");
    }

    @Test
    void tellsTheLogThatWasAskedFor() {
        JsonNode data = json(chat(
                        "\"guardrails\": {\"options\": {\"log\": {\"activated_rails\": true},"
                                + " \"output_vars\": [\"user_message\"]}}",
                        "Hello!"))
                .path("guardrails_data");

        assertThat(names(data)).containsExactly("config_ids", "log", "output_data");
        assertThat(data.at("/log/activated_rails/0/name").asText()).isEqualTo("regex check input");
    }

    @Test
    void returnsWhatItTellsAsAChoice() {
        JsonNode body = json(chat("\"guardrails\": {\"config_id\": \"words\", \"return_choice\": true}", "Hello!"));

        assertThat(body.path("choices")).hasSize(2);
        assertThat(body.at("/choices/1/message/role").asText()).isEqualTo("guardrails_data");
        assertThat(json(body.at("/choices/1/message/content").asText())).isEqualTo(body.path("guardrails_data"));
    }

    @Test
    void passesParametersOn() {
        int before = upstream.received().size();

        chat(
                "\"temperature\": 0.5, \"n\": 1, \"ignore_eos\": true, \"guardrails\": {\"config_id\": \"pass\","
                        + " \"options\": {\"llm_params\": {\"temperature\": 0.1, \"top_k\": 5}}}",
                "Hello!");

        Received asked = upstream.received().get(before);
        JsonNode sent = json(asked.body());
        assertThat(names(sent)).containsExactlyInAnyOrder("model", "messages", "temperature", "top_k", "ignore_eos");
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    void runsOnlyTheRailsThatAreWanted() {
        JsonNode body = json(chat("\"guardrails\": {\"options\": {\"rails\": {\"input\": false}}}", "evil"));

        assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("Good day!");
    }

    @Test
    void streams() {
        upstream.respond(request -> Response.stream("Good ", "day!"));

        HttpResponse<String> answer = chat("\"stream\": true, \"stream_options\": {\"include_usage\": true}", "Hello!");

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(text(answer, "/choices/0/delta/content")).isEqualTo("Good day!");
        assertThat(answer.body()).contains("\"usage\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    @DisplayName("a block while the answer is on its way")
    void breaksAStreamOff() {
        upstream.respond(request -> Response.stream("wicked"));

        HttpResponse<String> answer = chat("\"stream\": true", "Hello!");

        assertThat(frames(answer).get(frames(answer).size() - 1)).isEqualTo(json("""
                {"error": {"message": "Blocked by regex check output rails.", "type": "guardrails_violation",
                 "param": "regex check output", "code": "content_blocked"}}"""));
        assertThat(answer.body()).doesNotContain("wicked");
    }

    @Test
    void answersATextCompletion() {
        int before = upstream.received().size();

        JsonNode body = json(server.send("POST", COMPLETIONS, """
                {"model": "some-model", "prompt": "Hello!", "max_tokens": 5, "echo": false, "best_of": 1,
                 "guardrails": {"config_id": "words", "return_choice": true}}"""));

        assertThat(body.path("id").asText()).startsWith("cmpl-");
        assertThat(body.path("object").asText()).isEqualTo("text_completion");
        assertThat(body.at("/choices/0")).isEqualTo(json("""
                {"index": 0, "finish_reason": "stop", "text": "Good day!"}"""));
        assertThat(json(body.at("/choices/1/text").asText())).isEqualTo(body.path("guardrails_data"));
        JsonNode sent = json(upstream.received().get(before).body());
        assertThat(names(sent)).containsExactlyInAnyOrder("model", "messages", "max_tokens");
        assertThat(sent.at("/messages/0/content").asText()).isEqualTo("Hello!");
    }

    @Test
    void blocksAPrompt() {
        JsonNode body = json(server.send("POST", COMPLETIONS, "{\"model\": \"m\", \"prompt\": [\"evil\"]}"));

        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
        assertThat(body.at("/choices/0/text").asText()).isEqualTo("I'm sorry, I can't respond to that.");
    }

    @Test
    void streamsATextCompletion() {
        upstream.respond(request -> Response.stream("Good ", "day!"));

        HttpResponse<String> answer = server.send(
                "POST",
                COMPLETIONS,
                "{\"model\": \"m\", \"prompt\": \"Hello!\", \"stream\": true,"
                        + " \"stream_options\": {\"include_usage\": true}}");

        assertThat(text(answer, "/choices/0/text")).isEqualTo("Good day!");
        assertThat(answer.body())
                .contains("\"finish_reason\":\"stop\"", "\"usage\":{")
                .endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                CHAT
                        + "|{\"model\": \"m\", \"messages\": []}|422|Validation error at body.messages: List should have at"
                        + " least 1 item",
                CHAT + "|{\"model\": \"m\"}|422|Validation error at body.messages: Field required",
                CHAT + "|{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"n\": 2}|422"
                        + "|Validation error at body.n: Only one choice is supported; set n to 1 or leave it out",
                CHAT + "|{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"guardrails\":"
                        + " {\"config_id\": \"missing\"}}|400|Guardrail config not found for ID: default/missing",
                COMPLETIONS + "|{\"model\": \"m\"}|422|Validation error at body.prompt: Field required",
                COMPLETIONS
                        + "|{\"model\": \"m\", \"prompt\": [\"a\", \"b\"]}|422|Validation error at body.prompt: List"
                        + " should have exactly 1 item",
                COMPLETIONS + "|{\"model\": \"m\", \"prompt\": \"a\", \"suffix\": \"b\"}|422|Validation error at"
                        + " body.suffix: Not supported; leave it out",
                COMPLETIONS
                        + "|{\"model\": \"m\", \"prompt\": \"a\", \"echo\": true}|422|Validation error at body.echo:"
                        + " Not supported; leave it out"
            })
    void refusesWhatItCannotServe(String path, String body, int status, String detail) {
        HttpResponse<String> answer = server.send("POST", path, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("detail").asText()).isEqualTo(detail);
    }

    @Test
    @DisplayName("contract 6.3: the status of the model's endpoint is kept, and the model named")
    void keepsTheStatusOfAModelThatFails() {
        upstream.respond(request -> Response.error(429, "Slow down", "code"));

        HttpResponse<String> answer = chat("\"guardrails\": {\"config_id\": \"pass\"}", "Hello!");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(json(answer).path("detail").asText())
                .startsWith("Error invoking LLM (model=some-model, provider=scripted, endpoint=[redacted-url]): ")
                .contains("Slow down");
    }

    private static HttpResponse<String> chat(String more, String text) {
        return server.send(
                "POST",
                CHAT,
                "{\"model\": \"some-model\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}], %s}"
                        .formatted(text, more));
    }

    private static List<JsonNode> frames(HttpResponse<String> answer) {
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }

    private static String text(HttpResponse<String> answer, String place) {
        StringBuilder text = new StringBuilder();
        frames(answer).forEach(frame -> text.append(frame.at(place).asText()));
        return text.toString();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
