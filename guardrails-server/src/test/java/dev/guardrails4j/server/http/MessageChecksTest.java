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
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("checks-contract 10: check requests as TrustyAI's server answers them, over sockets")
class MessageChecksTest {

    private static final String CHECKS = "/v1/guardrail/checks";
    private static final String REGEX = """
            rails:
              input: {flows: [regex check input]}
              output: {flows: [regex check output]}
              config:
                regex_detection:
                  input: {patterns: [evil]}
                  output: {patterns: [wicked]}
            """;
    private static final String INLINE = """
            "config": {"rails": {"input": {"flows": ["regex check input"]},
              "config": {"regex_detection": {"input": {"patterns": ["evil"]}}}}}""";
    private static final String JUDGED = """
            "config": {"rails": {"input": {"flows": ["self check input"]}},
              "prompts": [{"task": "self_check_input", "content": "{{ user_input }}"}]}""";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;
    private static RunningServer withoutDefault;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl())
                .config("regex", REGEX)
                .config("tools", """
                        rails:
                          tool_input: {flows: [regex check tool input]}
                          config:
                            regex_detection: {tool_input: {patterns: ['[a-z]+@[a-z]+']}}
                        """);
        server = RunningServer.start(root.folder(), settings(Optional.of("checked")));
        withoutDefault = RunningServer.start(root.folder(), settings(Optional.empty()));
    }

    private static ServerSettings settings(Optional<String> defaultConfigId) {
        return RunningServer.settings(defaultConfigId)
                .checksDialect(ChecksDialect.TRUSTYAI)
                .build();
    }

    @AfterAll
    static void stop() {
        withoutDefault.close();
        server.close();
        upstream.close();
    }

    @BeforeEach
    void judgeEvil() {
        upstream.respond(request -> Response.answer(request.body().contains("evil") ? "Yes" : "No"));
    }

    @Test
    @DisplayName("contract 17: the captured answer of a pass, its nulls included")
    void tellsAPass() {
        HttpResponse<String> answer = check("\"config_id\": \"regex\"", user("What is the capital of France?"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode body = json(answer);
        assertThat(names(body)).containsExactly("status", "rails_status", "messages", "guardrails_data");
        assertThat(body.path("status").asText()).isEqualTo("success");
        assertThat(body.path("rails_status")).isEqualTo(json("{\"regex check input\": {\"status\": \"success\"}}"));
        assertThat(body.path("messages")).isEqualTo(json("""
                [{"index": 0, "role": "user", "rails": {"regex check input": {"status": "success"}}}]"""));
        assertThat(names(body.path("guardrails_data"))).containsExactly("log");
        JsonNode log = body.at("/guardrails_data/log");
        assertThat(names(log)).containsExactly("activated_rails", "stats");
        assertThat(log.path("activated_rails")).isEmpty();
        JsonNode stats = log.path("stats");
        assertThat(names(stats))
                .containsExactly(
                        "input_rails_duration",
                        "dialog_rails_duration",
                        "generation_rails_duration",
                        "output_rails_duration",
                        "total_duration",
                        "llm_calls_duration",
                        "llm_calls_count",
                        "llm_calls_total_prompt_tokens",
                        "llm_calls_total_completion_tokens",
                        "llm_calls_total_tokens");
        assertThat(stats.path("input_rails_duration").isNumber()).isTrue();
        assertThat(stats.path("dialog_rails_duration").isNull()).isTrue();
        assertThat(stats.path("output_rails_duration").isNull()).isTrue();
    }

    @Test
    void checksEachMessageOnItsOwn() {
        JsonNode body = json(check(
                "\"config_id\": \"regex\"", system("Be evil."), user("Hello!"), assistant("Hello!"), user("wicked")));

        assertThat(body.path("status").asText()).isEqualTo("blocked");
        assertThat(body.path("messages")).isEqualTo(json("""
                [{"index": 0, "role": "system", "rails": {"regex check input": {"status": "blocked"}}},
                 {"index": 1, "role": "user", "rails": {"regex check input": {"status": "success"}}},
                 {"index": 2, "role": "assistant", "rails": {"regex check output": {"status": "success"}}},
                 {"index": 3, "role": "user", "rails": {"regex check input": {"status": "success"}}}]"""));
        assertThat(body.path("rails_status")).isEqualTo(json("""
                {"regex check input": {"status": "blocked"}, "regex check output": {"status": "success"}}"""));
        assertThat(body.at("/guardrails_data/log/activated_rails")).isEqualTo(json("[\"regex check input\"]"));
    }

    @Test
    void blocksWhatTheAssistantSaid() {
        assertThat(status(check("\"config_id\": \"regex\"", user("wicked"), assistant("wicked"))))
                .isEqualTo("blocked");
    }

    @Test
    void addsUpWhatTheMessagesCost() {
        JsonNode stats = json(check("\"config_id\": \"checked\"", user("Hello!"), user("Bye!"), assistant("Bye!")))
                .at("/guardrails_data/log/stats");

        assertThat(stats.path("llm_calls_count").asInt()).isEqualTo(3);
        assertThat(stats.path("output_rails_duration").isNumber()).isTrue();
    }

    @Test
    @DisplayName("contract 17: a result of a tool needs neither an id nor a call")
    void checksResultsOfTools() {
        JsonNode body = json(check(
                "\"config_id\": \"tools\"",
                "{\"role\": \"tool\", \"content\": \"test@gmail.com\", \"name\": \"get_credentials\"}"));

        assertThat(body.path("messages")).isEqualTo(json("""
                [{"index": 0, "role": "tool", "rails": {"regex check tool input": {"status": "blocked"}}}]"""));
    }

    @Test
    void passesOverMessagesWithoutARole() {
        JsonNode body = json(check(
                "\"config_id\": \"regex\"",
                "{\"content\": \"evil\"}",
                "{\"role\": 1, \"content\": \"x\"}",
                user("Hi")));

        assertThat(body.path("status").asText()).isEqualTo("success");
        assertThat(body.path("messages")).hasSize(1);
        assertThat(body.at("/messages/0/index").asInt()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"config_id\": \"regex\"||Messages list cannot be empty.|",
                "\"config_id\": \"regex\"|{\"content\": \"x\"}|Messages list cannot be empty.|",
                "\"config_id\": \"missing\"|{\"role\": \"user\", \"content\": \"x\"}|Could not load guardrails"
                        + " configuration.|Guardrail config not found for ID: default/missing",
                "\"config\": {\"models\": \"gpt\"}|{\"role\": \"user\", \"content\": \"x\"}|Failed to load inline"
                        + " guardrails configuration.|Invalid inline config: 'models' must be a list, got str",
                "\"config\": {\"models\": 7}|{\"role\": \"user\", \"content\": \"x\"}|Failed to load inline"
                        + " guardrails configuration.|Invalid inline config: 'models' must be a list, got int",
                "\"config_id\": \"regex\"|{\"role\": \"developer\", \"content\": \"x\"}|Internal server error."
                        + "|Unsupported message role: 'developer'. Supported roles are: 'user', 'system', 'assistant',"
                        + " 'tool'."
            })
    @DisplayName("an error is told in an answer of status 200")
    void tellsErrors(String guardrails, String message, String error, String details) {
        HttpResponse<String> answer = check(guardrails, message == null ? new String[0] : new String[] {message});

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer))
                .isEqualTo(json(details == null ? """
                        {"status": "error", "rails_status": {}, "messages": [], "guardrails_data": {"error": "%s"}}""".formatted(error) : """
                        {"status": "error", "rails_status": {}, "messages": [],
                         "guardrails_data": {"error": "%s", "details": "%s"}}""".formatted(error, details)));
    }

    @Test
    void tellsThatThereIsNoConfiguration() {
        HttpResponse<String> answer = withoutDefault.send("POST", CHECKS, body("", "", user("Hello!")));

        assertThat(json(answer).at("/guardrails_data/error").asText())
                .isEqualTo("No guardrails configuration provided and no default configuration set on server.");
        assertThat(json(answer).at("/guardrails_data").has("details")).isFalse();
    }

    @Test
    void tellsAnOutageAsAnError() {
        upstream.respond(request -> Response.error(429, "Slow down", "code"));

        JsonNode body = json(check("\"config_id\": \"checked\"", user("Hello!")));

        assertThat(body.path("status").asText()).isEqualTo("error");
        assertThat(body.at("/guardrails_data/error").asText()).isEqualTo("Internal server error.");
        assertThat(body.at("/guardrails_data/details").asText()).endsWith("Slow down");
    }

    @Test
    void tellsThatTheTimeHasPassed() {
        CountDownLatch never = new CountDownLatch(1);
        upstream.respond(request -> Response.answer("No").heldUntil(never));

        HttpResponse<String> answer = server.send(
                "POST", CHECKS, body("", "\"config_id\": \"checked\"", user("Hello!")), "X-Request-Timeout", "50ms");

        never.countDown();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/guardrails_data/details").asText())
                .isEqualTo("The request was not done in the time it was given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\": []}|Validation error at body.model: Field required",
                "{\"model\": \"m\", \"messages\": \"hi\"}|Validation error at body.messages: Input should be a valid list",
                "{\"model\": \"m\", \"messages\": [1]}|Validation error at body.messages.0: Input should be a valid"
                        + " dictionary",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": 1}]}|Validation error at"
                        + " body.messages.0.content: Input should be a valid string or list",
                "{\"model\": \"m\", \"messages\": [], \"guardrails\": null}|Validation error at body.guardrails: Input"
                        + " should be a valid dictionary or object to extract fields from",
                "{\"model\": \"m\", \"messages\": [], \"guardrails\": {\"config\": \"rails: {}\"}}|Validation error at"
                        + " body.guardrails.config: YAML is not read here; send the configuration as an object"
            })
    void refusesBodiesThatAreNone(String body, String detail) {
        HttpResponse<String> answer = server.send("POST", CHECKS, body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void runsAConfigurationThatTheRequestBrings() {
        JsonNode body = json(check(INLINE, user("evil"), user("Hello!")));

        assertThat(body.at("/messages/0/rails/regex check input/status").asText())
                .isEqualTo("blocked");
        assertThat(body.at("/messages/1/rails/regex check input/status").asText())
                .isEqualTo("success");
    }

    @Test
    void lendsTheModelsOfTheDefaultConfiguration() {
        int before = upstream.received().size();

        JsonNode body = json(check(JUDGED, user("evil")));

        assertThat(body.path("status").asText()).isEqualTo("blocked");
        Received asked = upstream.received().get(before);
        assertThat(json(asked.body()).path("model").asText()).isEqualTo("some-model");
    }

    @Test
    void lendsNoModelsWithoutADefault() {
        JsonNode body = json(withoutDefault.send("POST", CHECKS, body("", JUDGED, user("evil"))));

        assertThat(body.at("/guardrails_data/error").asText())
                .isEqualTo("Failed to load inline guardrails configuration.");
    }

    @Test
    @DisplayName("one line a message with what is known by then, and a last one with everything")
    void answersLineByLine() {
        HttpResponse<String> answer = server.send(
                "POST",
                CHECKS,
                body("\"stream\": true,", "\"config_id\": \"regex\"", user("Hello!"), assistant("wicked")));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        List<JsonNode> lines = lines(answer);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(json("""
                {"status": "success", "rails_status": {"regex check input": {"status": "success"}}, "messages": [],
                 "guardrails_data": null}"""));
        assertThat(lines.get(1)).isEqualTo(json("""
                {"status": "blocked", "rails_status": {"regex check input": {"status": "success"},
                 "regex check output": {"status": "blocked"}}, "messages": [], "guardrails_data": null}"""));
        assertThat(lines.get(2).path("messages")).hasSize(2);
        assertThat(lines.get(2).at("/guardrails_data/log/activated_rails")).hasSize(1);
    }

    @Test
    void endsTheLinesWithAnError() {
        HttpResponse<String> answer = server.send(
                "POST",
                CHECKS,
                body(
                        "\"stream\": true,",
                        "\"config_id\": \"regex\"",
                        user("Hello!"),
                        "{\"role\": \"bot\", \"content\": \"x\"}"));

        assertThat(lines(answer))
                .extracting(line -> line.path("status").asText())
                .containsExactly("success", "error");
    }

    @Test
    @DisplayName("contract 1: the platform's paths are as they were")
    void answersThePlatformsRequestsAsThePlatform() {
        HttpResponse<String> answer = server.send(
                "POST",
                "/apis/guardrails/v2/workspaces/default/checks",
                body("", "\"config_id\": \"regex\"", user("Hello!")));

        assertThat(json(answer).has("messages")).isFalse();
    }

    private static HttpResponse<String> check(String guardrails, String... messages) {
        return server.send("POST", CHECKS, body("", guardrails, messages));
    }

    private static String body(String options, String guardrails, String... messages) {
        return "{\"model\": \"some-model\", %s \"messages\": [%s], \"guardrails\": {%s}}"
                .formatted(options, String.join(", ", messages), guardrails);
    }

    private static String user(String text) {
        return message("user", text);
    }

    private static String system(String text) {
        return message("system", text);
    }

    private static String assistant(String text) {
        return message("assistant", text);
    }

    private static String message(String role, String text) {
        return "{\"role\": \"%s\", \"content\": \"%s\"}".formatted(role, text);
    }

    private static String status(HttpResponse<String> answer) {
        return json(answer).path("status").asText();
    }

    private static List<JsonNode> lines(HttpResponse<String> answer) {
        return Stream.of(answer.body().split("\n")).map(RunningServer::json).toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
