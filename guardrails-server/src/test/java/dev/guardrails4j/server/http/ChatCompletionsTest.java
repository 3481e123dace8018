package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("chat-server-contract 1.1 to 1.3: chat completions over sockets")
class ChatCompletionsTest {

    private static final String HELLO = "\"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;
    private int receivedBefore;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()));
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        receivedBefore = upstream.received().size();
        upstream.respond(ChatCompletionsTest::judgeOrAnswer);
    }

    /** Both judges find fault with "evil" only. */
    private static Response judgeOrAnswer(Received request) {
        boolean judged = request.body().contains("INPUT: ") || request.body().contains("OUTPUT: ");
        if (judged) {
            return Response.answer(request.body().contains("evil") ? "Yes" : "No");
        }
        return Response.answer(request.body().contains("provoke") ? "an evil answer" : "Hi there!");
    }

    @Test
    void answersThroughTheDefaultConfiguration() {
        HttpResponse<String> answer = chat("");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().map()).doesNotContainKeys("x-guardrails-status", "x-guardrails-rail");
        assertThat(json(answer).at("/choices/0")).isEqualTo(json("""
                {"index": 0, "message": {"role": "assistant", "content": "Hi there!"}, "finish_reason": "stop"}"""));
        assertThat(json(answer).path("usage")).isEqualTo(json("""
                {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}"""));
        assertThat(json(answer).path("guardrails")).isEqualTo(json("""
                {"config_id": "pass", "state": null, "llm_output": null, "output_data": null, "log": null}"""));
    }

    @Test
    @DisplayName("DESIGN 5: a block is a refusal with finish_reason and headers")
    void refusesWhatTheInputRailBlocks() {
        HttpResponse<String> answer = ask("checked", "something evil");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Guardrails-Status")).contains("blocked");
        assertThat(answer.headers().firstValue("X-Guardrails-Rail")).contains("self check input");
        assertThat(json(answer).at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
        assertThat(text(answer)).isEqualTo("I'm sorry, I can't respond to that.");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void refusesWhatTheOutputRailBlocks() {
        HttpResponse<String> answer = ask("checked", "provoke it");

        assertThat(answer.headers().firstValue("X-Guardrails-Rail")).contains("self check output");
        assertThat(text(answer)).isEqualTo("I'm sorry, I can't respond to that.");
        assertThat(answer.body()).doesNotContain("evil");
    }

    @Test
    void answersWhatTheRailsLetPass() {
        HttpResponse<String> answer = ask("checked", "Hello!");

        assertThat(text(answer)).isEqualTo("Hi there!");
        assertThat(asked()).hasSize(3);
    }

    @Test
    @DisplayName("DESIGN 5, config-and-rails 2.4: enable_rails_exceptions makes a block an error")
    void tellsABlockAsException() {
        HttpResponse<String> answer = ask("exceptions", "something evil");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("X-Guardrails-Rail")).contains("self check input");
        JsonNode told = json(answer).path("error");
        assertThat(told.path("type").asText()).isEqualTo("guardrails_violation");
        assertThat(told.path("code").asText()).isEqualTo("content_blocked");
        assertThat(told.path("param").asText()).isEqualTo("self check input");
        assertThat(told.at("/exception/type").asText()).isEqualTo("InputRailException");
        assertThat(told.at("/exception/source_uid").asText()).isEqualTo("NeMoGuardrails");
        assertThat(told.at("/exception/message").asText())
                .isEqualTo("Input not allowed. The input was blocked by the 'self check input' flow.");
    }

    @Test
    void sendsModelAndParametersUpstream() {
        chat("\"temperature\": \"0.5\", \"seed\": 7, \"user\": \"u\", \"my_own\": {\"a\": null}, \"n\": 1,"
                + " \"stream_options\": {}, \"stream\": false");

        JsonNode sent = json(asked().get(0).body());
        assertThat(sent.path("model").asText()).isEqualTo("m");
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(sent.path("seed").asInt()).isEqualTo(7);
        assertThat(sent.path("user").asText()).isEqualTo("u");
        assertThat(sent.path("my_own")).isEqualTo(json("{\"a\": null}"));
        assertThat(sent.has("n")).isFalse();
        assertThat(sent.has("stream_options")).isFalse();
        assertThat(sent.has("guardrails")).isFalse();
    }

    @Test
    @DisplayName("contract 1.2: an empty model is no override")
    void leavesTheModelToTheConfiguration() {
        HttpResponse<String> answer = server.chat("{\"model\": \"\", " + HELLO + "}");

        assertThat(json(asked().get(0).body()).path("model").asText()).isEqualTo("scripted-model");
        assertThat(json(answer).path("model").asText()).isEmpty();
    }

    @Test
    void bringsToolCallsBack() {
        upstream.respond(request -> Response.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Rome\"}")));

        HttpResponse<String> answer =
                chat("\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"weather\"}}],"
                        + " \"tool_choice\": \"auto\", \"parallel_tool_calls\": false");

        assertThat(json(answer).at("/choices/0")).isEqualTo(json("""
                {"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant", "tool_calls": [
                  {"id": "call_1", "type": "function",
                   "function": {"name": "weather", "arguments": "{\\"city\\":\\"Rome\\"}"}}]}}"""));
        assertThat(json(asked().get(0).body()).path("tool_choice").asText()).isEqualTo("auto");
        assertThat(json(asked().get(0).body()).path("parallel_tool_calls").isBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("contract 1.3: reasoning stands in reasoning_content")
    void tellsReasoningApart() {
        upstream.respond(request -> Response.reasoned("Let me think.", "Hi!"));

        assertThat(json(chat("")).at("/choices/0/message")).isEqualTo(json("""
                {"role": "assistant", "content": "Hi!", "reasoning_content": "Let me think."}"""));
    }

    @Test
    @DisplayName("contract 2: the log, the model's own answer, variables")
    void tellsWhatWasAskedForBesideTheAnswer() {
        HttpResponse<String> answer = chat("""
                "guardrails": {"config_id": "checked", "context": {"city": "Rome"}, "options": {
                  "llm_output": true, "output_vars": ["city", "user_message", "nothing"],
                  "log": {"activated_rails": true, "llm_calls": true}}}""");

        JsonNode told = json(answer).path("guardrails");
        assertThat(told.path("output_data"))
                .isEqualTo(json("{\"city\": \"Rome\", \"user_message\": \"Hello!\", \"nothing\": null}"));
        assertThat(told.at("/llm_output/choices/0/message/content").asText()).isEqualTo("Hi there!");
        assertThat(told.path("log").fieldNames())
                .toIterable()
                .containsExactly("activated_rails", "stats", "llm_calls", "internal_events", "colang_history");
        assertThat(told.at("/log/activated_rails").findValuesAsText("type"))
                .containsExactly("input", "generation", "output");
        assertThat(told.at("/log/stats/llm_calls_count").asInt()).isEqualTo(3);
        assertThat(told.at("/log/llm_calls").findValuesAsText("request_id")).containsOnly(requestId(answer));
    }

    @Test
    @DisplayName("contract 2: a list of rails runs only those; without dialog the text comes back")
    void runsOnlyTheRailsThatWereAskedFor() {
        HttpResponse<String> answer = chat("""
                "guardrails": {"config_id": "checked", "options": {"rails": ["input"]}}""");

        assertThat(text(answer)).isEqualTo("Hello!");
        assertThat(asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"config_id\": \"gone\"} | ['gone']",
                "{\"config_id\": \"broken\"} | ['broken']",
                "{\"config_ids\": [\"pass\", \"it's\"]} | ['pass', \"it's\"]",
                "{\"config_id\": \".\"} | ['.']",
                "{\"config_id\": \"../pass\"} | ['../pass']",
                "{\"config_id\": \"%2e%2e\"} | ['%2e%2e']",
                "{\"config_ids\": [\"\"]} | ['']"
            })
    @DisplayName("contract 1.1 and 4.3: the caller learns that a configuration does not load, not why")
    void cannotLoadConfigurations(String guardrails, String ids) {
        HttpResponse<String> answer = chat("\"guardrails\": " + guardrails);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer))
                .isEqualTo(error(
                        "Could not load the requested guardrails configuration: " + ids,
                        "invalid_request_error",
                        null,
                        null));
    }

    @Test
    @DisplayName("contract 1.2: a blank model is refused as a configuration that does not load")
    void refusesABlankModel() {
        HttpResponse<String> answer = server.chat("{\"model\": \" \\t\", " + HELLO + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("Could not load the requested guardrails configuration: ['pass']");
    }

    @Test
    @DisplayName("contract 4.4: what cannot be read as YAML, or connected, does not load either")
    void cannotLoadWhatCannotBeReadOrConnected() {
        ConfigRoot root = new ConfigRoot(folder)
                .config("unreadable", "models: [")
                .config("unknown-engine", "models: [{type: main, engine: nosuch, model: m}]")
                .config("keyless", "models: [{type: main, engine: openai, model: m}]");

        for (String id : List.of("unreadable", "unknown-engine", "keyless")) {
            assertThat(root.folder().resolve(id)).exists();
            HttpResponse<String> answer = chat("\"guardrails\": {\"config_id\": \"" + id + "\"}");
            assertThat(answer.statusCode()).as(id).isEqualTo(400);
            assertThat(json(answer).at("/error/message").asText())
                    .isEqualTo("Could not load the requested guardrails configuration: ['" + id + "']");
        }
    }

    @Test
    @DisplayName("contract 4.7: configurations are told apart by their whole list of ids")
    void doesNotTakeOneCombinationForAnother() {
        new ConfigRoot(folder)
                .config("a", ConfigRoot.models(upstream.baseUrl()))
                .config(
                        "b",
                        "rails: {input: {flows: [regex check input]},"
                                + " config: {regex_detection: {input: {patterns: [Hello]}}}}")
                .config("a-b", ConfigRoot.models(upstream.baseUrl()));

        assertThat(finishReason("[\"a\", \"b\"]")).isEqualTo("content_filter");
        assertThat(finishReason("[\"a-b\"]")).isEqualTo("stop");
        assertThat(finishReason("[\"b\", \"a\"]")).isEqualTo("content_filter");
        assertThat(finishReason("[\"a\"]")).isEqualTo("stop");
    }

    private String finishReason(String configIds) {
        HttpResponse<String> answer = chat("\"guardrails\": {\"config_ids\": " + configIds + "}");
        assertThat(json(answer).at("/guardrails/config_id").asText())
                .as("contract 1.3: the first of the ids")
                .isEqualTo(json(configIds).get(0).asText());
        return json(answer).at("/choices/0/finish_reason").asText();
    }

    @Test
    @DisplayName("contract 1.2 and 6.4: messages of all roles reach the model as they were sent")
    void passesMessagesOnAsTheyAre() {
        String messages = """
                [{"role":"developer","content":"Be brief.","name":"house"},
                {"role":"system","content":[{"type":"text","text":"Be "},{"type":"text","text":"kind."}]},
                {"role":"user","content":[{"type":"text","text":"What is this?"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
                {"type":"file","file":{"file_id":"file-1"}}],"name":"ada"},
                {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                {"role":"tool","content":"42","tool_call_id":"c1"},
                {"role":"assistant","content":null,"function_call":{"name":"g","arguments":"{}"}},
                {"role":"function","content":null,"name":"g"},
                {"role":"assistant","content":null,"refusal":"No."},
                {"role":"user","content":"And now?"}]""";

        assertThat(server.chat("{\"model\": \"m\", \"messages\": " + messages + "}")
                        .statusCode())
                .isEqualTo(200);

        JsonNode sent = json(asked().get(0).body()).path("messages");
        JsonNode said = json(messages);
        assertThat(sent).hasSameSizeAs(said);
        for (int i = 0; i < said.size(); i++) {
            assertThat(withoutNulls(sent.get(i))).isEqualTo(withoutNulls(said.get(i)));
        }
    }

    private static JsonNode withoutNulls(JsonNode message) {
        ObjectNode copy = message.deepCopy();
        copy.properties().removeIf(member -> member.getValue().isNull());
        return copy;
    }

    @Test
    @DisplayName("contract 4.10: only the main model gets the request's parameters")
    void keepsTheRequestsParametersFromTheRailsModels() {
        chat(
                "\"temperature\": 0.123, \"guardrails\": {\"config_id\": \"checked\", \"options\": {\"llm_params\": {\"seed\": 77}}}");

        assertThat(asked()).hasSize(3);
        assertThat(asked())
                .filteredOn(request -> request.body().contains("0.123"))
                .hasSize(1);
        assertThat(asked()).filteredOn(request -> request.body().contains("77")).hasSize(1);
    }

    @Test
    @DisplayName("contract 1.2, order: threads before the rule for streams and output rails")
    void looksForThreadsBeforeItLooksAtTheStream() {
        HttpResponse<String> answer = chat("\"stream\": true, \"guardrails\": {\"config_id\": \"checked\","
                + " \"thread_id\": \"0123456789abcdef\"}");

        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("Conversation threads are not enabled on this server.");
    }

    @Test
    @DisplayName("contract 4.2: a root that is one configuration has its id only")
    void knowsOnlyTheIdOfItsOnlyConfiguration(@TempDir Path only) throws IOException {
        Files.writeString(only.resolve("config.yml"), ConfigRoot.models(upstream.baseUrl()));
        try (RunningServer single = RunningServer.start(only, RunningServer.settings("", Optional.empty()))) {
            for (String id : List.of("gone", "config", ".", "config.yml")) {
                assertThat(single.chat("{\"model\": \"m\", " + HELLO + ", \"guardrails\": {\"config_id\": \"" + id
                                        + "\"}}")
                                .statusCode())
                        .as(id)
                        .isEqualTo(400);
            }
            assertThat(json(single.get("/v1/rails/configs")))
                    .isEqualTo(json("[{\"id\": \"" + only.getFileName() + "\"}]"));
        }
    }

    @Test
    @DisplayName("contract 4.1")
    void refusesARequestWithoutConfigurationWhereThereIsNoDefault() {
        try (RunningServer without = RunningServer.start(folder, RunningServer.settings("", Optional.empty()))) {
            HttpResponse<String> answer = without.chat("{\"model\": \"m\", " + HELLO + "}");

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(json(answer))
                    .isEqualTo(error(
                            "No guardrails config_id provided and server has no default configuration",
                            "invalid_request_error",
                            null,
                            null));
        }
    }

    @Test
    void takesTheOnlyConfigurationForTheDefault() {
        try (RunningServer single =
                RunningServer.start(folder.resolve("pass"), RunningServer.settings("", Optional.empty()))) {
            assertThat(json(single.chat("{\"model\": \"m\", " + HELLO + "}"))
                            .at("/guardrails/config_id")
                            .asText())
                    .isEqualTo("pass");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"guardrails\": {\"thread_id\": \"0123456789abcdef\"} | 400"
                        + " | Conversation threads are not enabled on this server.",
                "\"messages\": [] | 422 | messages must be non-empty",
                "\"messages\": null | 422 | messages must be non-empty"
            })
    void saysWhatItDoesNotDo(String member, int status, String message) {
        HttpResponse<String> answer = chat(member);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer)).isEqualTo(error(message, "invalid_request_error", null, null));
        assertThat(asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"stream\": true", "\"guardrails\": {\"thread_id\": \"0123456789abcdef\"}"})
    @DisplayName("contract 1.2: validation, configuration, threads, streaming, in this order")
    void checksTheBodyFirstAndTheConfigurationSecond(String member) {
        assertThat(server.chat("{\"model\": 5, " + member + "}").statusCode()).isEqualTo(422);
        assertThat(json(chat(member.replace("{", "{\"config_id\": \"gone\", ")
                                + (member.contains("guardrails") ? "" : ", \"guardrails\": {\"config_id\": \"gone\"}")))
                        .at("/error/message")
                        .asText())
                .isEqualTo("Could not load the requested guardrails configuration: ['gone']");
    }

    @Test
    @DisplayName("contract 1.1: what the main model's provider says is forwarded")
    void forwardsTheFailureOfTheMainModel() {
        upstream.respond(request -> Response.error(429, "Slow down, sk-abc123", "rate_limit_exceeded")
                .header("Retry-After", "7"));

        HttpResponse<String> answer = chat("");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(json(answer)).isEqualTo(error("Slow down, sk-***", "rate_limit_error", null, "rate_limit_exceeded"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "403, permission_error",
        "404, not_found_error",
        "409, api_error",
        "500, server_error",
        "503, server_error"
    })
    void forwardsTheStatusOfTheMainModel(int status, String type) {
        upstream.respond(request -> Response.error(status, "It failed", "c"));

        HttpResponse<String> answer = chat("");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer)).isEqualTo(error("It failed", type, null, "c"));
    }

    @Test
    void answers500WhenTheMainModelIsNotThere() {
        upstream.respond(request -> Response.dropped());

        HttpResponse<String> answer = chat("");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer).at("/error/type").asText()).isEqualTo("server_error");
        assertThat(answer.body()).doesNotContain("127.0.0.1");
    }

    @Test
    @DisplayName("DESIGN 4: an outage of a rail's model is 503, never the caller's fault")
    void tellsTheOutageOfARail() {
        upstream.respond(request -> Response.error(401, "Incorrect API key provided", "invalid_api_key"));

        HttpResponse<String> answer = ask("checked", "Hello!");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).at("/error/type").asText()).isEqualTo("server_error");
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("rail_unavailable");
        assertThat(json(answer).at("/error/param").asText()).isEqualTo("self check input");
    }

    @Test
    void usesTheCallersRequestIdInTheLog() {
        HttpResponse<String> answer = server.send(
                "POST",
                RunningServer.CHAT,
                "{\"model\": \"m\", " + HELLO + ", \"guardrails\": {\"options\": {\"log\": {\"llm_calls\": true}}}}",
                "X-Request-Id",
                "my-id");

        assertThat(requestId(answer)).isEqualTo("my-id");
        assertThat(json(answer).at("/guardrails/log/llm_calls/0/request_id").asText())
                .isEqualTo("my-id");
    }

    private static HttpResponse<String> chat(String members) {
        String messages = members.contains("\"messages\"") ? "" : ", " + HELLO;
        return server.chat("{\"model\": \"m\"" + messages + (members.isEmpty() ? "" : ", " + members) + "}");
    }

    private static HttpResponse<String> ask(String configId, String text) {
        return server.chat("""
                {"model": "m", "messages": [{"role": "user", "content": "%s"}], "guardrails": {"config_id": "%s"}}""".formatted(text, configId));
    }

    private List<Received> asked() {
        List<Received> all = upstream.received();
        return all.subList(receivedBefore, all.size());
    }

    private static String text(HttpResponse<String> answer) {
        return json(answer).at("/choices/0/message/content").asText();
    }

    private static String requestId(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
