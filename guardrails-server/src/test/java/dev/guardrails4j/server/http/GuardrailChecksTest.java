package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

@DisplayName("checks-contract A: guardrail check requests over sockets")
class GuardrailChecksTest {

    private static final String CHECKS = "/apis/guardrails/v2/workspaces/default/checks";
    private static final String REGEX = """
            rails:
              input: {flows: [regex check input]}
              output: {flows: [regex check output]}
              config:
                regex_detection:
                  input: {patterns: [evil]}
                  output: {patterns: [evil]}
            """;

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl())
                .config("regex", REGEX)
                .config("other", REGEX.replace("evil", "wicked"))
                .config(
                        "output",
                        REGEX.replace("  input: {flows: [regex check input]}\n", "")
                                .replace("      input: {patterns: [evil]}\n", ""))
                .config("unreached", ConfigRoot.models("http://127.0.0.1:1/v1") + """
                        rails: {input: {flows: [self check input]}}
                        prompts: [{task: self_check_input, content: '{{ user_input }}'}]
                        """);
        server = RunningServer.start(root.folder(), RunningServer.settings("", Optional.empty()));
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void judgeEvil() {
        upstream.respond(request -> Response.answer(request.body().contains("evil") ? "Yes" : "No"));
    }

    @Test
    @DisplayName("contract 5: the serialisation of a plain pass")
    void tellsAPass() {
        HttpResponse<String> answer = check("\"config_id\": \"checked\"", user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode body = json(answer);
        assertThat(names(body)).containsExactly("status", "rails_status", "guardrails_data");
        assertThat(body.path("status").asText()).isEqualTo("success");
        assertThat(body.path("rails_status")).isEqualTo(json("""
                {"self check input": {"status": "success"}}"""));
        assertThat(names(body.path("guardrails_data"))).containsExactly("log");
        JsonNode log = body.at("/guardrails_data/log");
        assertThat(names(log)).containsExactly("activated_rails", "stats");
        assertThat(log.path("activated_rails")).isEmpty();
        assertThat(names(log.path("stats")))
                .containsExactly(
                        "input_rails_duration",
                        "total_duration",
                        "llm_calls_duration",
                        "llm_calls_count",
                        "llm_calls_total_prompt_tokens",
                        "llm_calls_total_completion_tokens",
                        "llm_calls_total_tokens");
        assertThat(log.at("/stats/llm_calls_count").asInt()).isEqualTo(1);
        assertThat(log.at("/stats/llm_calls_total_tokens").asInt()).isPositive();
    }

    @Test
    void blocksWhatTheUserSaid() {
        JsonNode body = json(check("\"config_id\": \"checked\"", user("evil"), assistant("Sure.")));

        assertThat(body.path("status").asText()).isEqualTo("blocked");
        assertThat(body.path("rails_status")).isEqualTo(json("""
                {"self check input": {"status": "blocked"}}"""));
    }

    @Test
    void blocksWhatTheAssistantAnswered() {
        JsonNode body = json(check("\"config_id\": \"checked\"", user("Hello!"), assistant("evil")));

        assertThat(body.path("status").asText()).isEqualTo("blocked");
        assertThat(body.path("rails_status")).isEqualTo(json("""
                {"self check input": {"status": "success"}, "self check output": {"status": "blocked"}}"""));
    }

    @Test
    @DisplayName("DESIGN 4: every user message that nothing has answered is checked")
    void checksEarlierUserMessagesToo() {
        assertThat(status(check("\"config_id\": \"regex\"", user("evil"), user("Hello!"))))
                .isEqualTo("blocked");
    }

    @Test
    @DisplayName("contract 4.4")
    void runsNoOutputRailWithoutAnAnswer() {
        JsonNode body = json(check("\"config_id\": \"output\"", user("evil")));

        assertThat(body.path("status").asText()).isEqualTo("success");
        assertThat(body.path("rails_status")).isEmpty();
    }

    @Test
    @DisplayName("contract 3.1")
    void passesAConversationWithoutMessages() {
        assertThat(status(check("\"config_id\": \"regex\""))).isEqualTo("success");
    }

    @Test
    @DisplayName("contract 3.4: without a configuration no rail runs")
    void passesWithoutAConfiguration() {
        HttpResponse<String> answer =
                server.send("POST", CHECKS, "{\"model\": \"m\", \"messages\": [" + user("evil") + "]}");

        assertThat(status(answer)).isEqualTo("success");
        assertThat(json(answer).path("rails_status")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/apis/guardrails/v2/workspaces/default/checks",
        "/v2/workspaces/default/checks",
        "/v2/workspaces/default/guardrail/checks",
        "/v1/guardrail/checks"
    })
    @DisplayName("contract 1: the paths of A, B and C")
    void isServedAtEachPath(String path) {
        HttpResponse<String> answer = server.send("POST", path, body("\"config_id\": \"regex\"", user("evil")));

        assertThat(status(answer)).isEqualTo("blocked");
        assertThat(server.get(path).statusCode()).isEqualTo(405);
        assertThat(server.get(path).headers().firstValue("Allow")).contains("POST");
        assertThat(json(server.get(path))).isEqualTo(json("{\"detail\": \"Method Not Allowed\"}"));
    }

    @Test
    @DisplayName("contract 4.9: streaming changes nothing")
    void answersInOnePieceEvenIfAskedToStream() {
        HttpResponse<String> answer = server.send(
                "POST",
                CHECKS,
                body("\"config_id\": \"regex\"", user("Hello!")).replaceFirst("\\{", "{\"stream\": true, "));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(status(answer)).isEqualTo("success");
    }

    @Test
    @DisplayName("contract 3.3: what is told on demand")
    void tellsWhatHappened() {
        JsonNode data = json(check(
                        "\"config_id\": \"checked\", \"options\": {\"output_vars\": [\"user_message\"], \"log\":"
                                + " {\"activated_rails\": true, \"llm_calls\": true, \"internal_events\": true,"
                                + " \"colang_history\": true}}",
                        user("Hello!"),
                        assistant("evil")))
                .path("guardrails_data");

        assertThat(names(data)).containsExactly("log", "output_data");
        assertThat(data.path("output_data")).isEqualTo(json("{\"user_message\": \"Hello!\"}"));
        assertThat(names(data.path("log")))
                .containsExactly("activated_rails", "stats", "llm_calls", "internal_events", "colang_history");
        JsonNode rails = data.at("/log/activated_rails");
        assertThat(rails.at("/0/stop").asBoolean()).isFalse();
        assertThat(rails.at("/1/stop").asBoolean()).isTrue();
        assertThat(names(rails.get(1)))
                .containsExactly(
                        "type",
                        "name",
                        "decisions",
                        "executed_actions",
                        "stop",
                        "started_at",
                        "finished_at",
                        "duration");
        assertThat(rails.at("/1/decisions").get(0).asText()).isEqualTo("execute self_check_output");
        assertThat(rails.at("/1/decisions").get(2).asText()).isEqualTo("stop");
        assertThat(names(data.at("/log/llm_calls/0")))
                .contains(
                        "task",
                        "duration",
                        "total_tokens",
                        "prompt_tokens",
                        "completion_tokens",
                        "started_at",
                        "finished_at",
                        "id",
                        "prompt",
                        "completion",
                        "raw_response",
                        "llm_model_name");
    }

    @Test
    @DisplayName("contract 3.4: several configurations are merged in order")
    void mergesConfigurations() {
        String both = "\"config_ids\": [\"regex\", \"default/other\"]";

        assertThat(status(check(both, user("evil")))).isEqualTo("blocked");
        assertThat(status(check(both, user("wicked")))).isEqualTo("blocked");
        assertThat(status(check(both, user("Hello!")))).isEqualTo("success");
    }

    @Test
    @DisplayName("contract 3.4: a configuration that the request brings along needs no model")
    void runsAConfigurationThatTheRequestBrings() {
        String inline = """
                "config": {"rails": {"input": {"flows": ["regex check input"]},
                  "config": {"regex_detection": {"input": {"patterns": ["evil"]}}}}}, "config_id": "ignored\"""";

        assertThat(json(check(inline, user("evil"))).path("rails_status")).isEqualTo(json("""
                {"regex check input": {"status": "blocked"}}"""));
        assertThat(status(check(inline, user("Hello!")))).isEqualTo("success");
    }

    @Test
    @DisplayName("contract 3.3: of an inline configuration no LLM calls are told")
    void tellsOnlyTheRailsOfAConfigurationThatTheRequestBrings() {
        JsonNode log = json(check("""
                "options": {"log": {"activated_rails": true, "llm_calls": true}},
                "config": {"rails": {"input": {"flows": ["regex check input"]},
                  "config": {"regex_detection": {"input": {"patterns": ["evil"]}}}}}""", user("Hello!"))).at("/guardrails_data/log");

        assertThat(log.path("activated_rails")).hasSize(1);
        assertThat(log.has("llm_calls")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"config_id\": \"a/b/c\"|422|invalid entity reference 'a/b/c'; expected 'name' or 'workspace/name'",
                "\"config_id\": \"a/\"|422|invalid entity reference 'a/'; expected 'name' or 'workspace/name'",
                "\"config_id\": \"\"|422|invalid entity reference ''; expected 'name' or 'workspace/name'",
                "\"config_id\": \"missing\"|400|Guardrail config not found for ID: default/missing",
                "\"config_id\": \"ws/missing\"|400|Guardrail config not found for ID: ws/missing",
                "\"config\": {\"rails\": {\"input\": {\"flows\": [\"self check input\"]}}}|422|Validation error at"
                        + " body.guardrails.config.RailsConfig: Missing a `self_check_input` prompt template, which is"
                        + " required for the `self check input` rail.",
                "\"config\": {\"rails\": {\"foo\": {}}}|422|body.guardrails.config.str: Input should be a valid string;"
                        + " body.guardrails.config.RailsConfig.rails.foo: Extra inputs are not permitted",
                "\"config_id\": \"a\", \"config_ids\": [\"b\"]|422|Validation error at body.guardrails: Only one of"
                        + " config_id or config_ids should be specified"
            })
    @DisplayName("contract 3.4 and 6: which configurations are refused, and how")
    void refusesConfigurations(String guardrails, int status, String detail) {
        HttpResponse<String> answer = check(guardrails, user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer)).isEqualTo(detail(detail));
    }

    @Test
    @DisplayName("contract 3.4: a name alone is of the path's workspace")
    void looksForNamesInTheWorkspaceOfThePath() {
        HttpResponse<String> answer =
                server.send("POST", "/v2/workspaces/team/checks", body("\"config_id\": \"regex\"", user("Hello!")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer)).isEqualTo(detail("Guardrail config not found for ID: team/regex"));
    }

    @Test
    void tellsThatAConfigurationOfTheOperatorCannotBeUsed() {
        HttpResponse<String> answer = check("\"config_id\": \"broken\"", user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("default/broken").doesNotContain(folder.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "401|Authentication failed. Please check your API key or provider credentials.",
                "404|Model not found. Please check if the model exists at this endpoint.",
                "429|It failed",
                "500|It failed",
                "503|It failed"
            })
    @DisplayName("contract 6.3: the status of the model's endpoint is kept")
    void keepsTheStatusOfAModelThatFails(int status, String text) {
        upstream.respond(request -> Response.error(status, "It failed", "code").header("Retry-After", "7"));

        HttpResponse<String> answer = check("\"config_id\": \"checked\"", user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer))
                .isEqualTo(detail("Error invoking LLM (model=some-model, provider=scripted,"
                        + " endpoint=[redacted-url]): " + text));
    }

    @Test
    @DisplayName("contract 6.3: a model that cannot be reached")
    void tellsThatAModelCannotBeReached() {
        HttpResponse<String> answer = check("\"config_id\": \"unreached\"", user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer).path("detail").asText())
                .endsWith("Failed to connect to the model endpoint. Please check the URL and network connectivity.");
    }

    @Test
    @DisplayName("contract 3.4: the request's model replaces the name of the main model")
    void asksTheModelThatTheRequestNames() {
        List<Received> before = upstream.received();

        check("\"config_id\": \"checked\"", user("Hello!"));

        assertThat(json(upstream.received().get(before.size()).body())
                        .path("model")
                        .asText())
                .isEqualTo("some-model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|body.model: Field required; body.messages: Field required",
                "|Validation error at body: Field required"
            })
    void refusesBodiesThatAreNone(String body, String detail) {
        HttpResponse<String> answer = server.send("POST", CHECKS, body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer)).isEqualTo(detail(detail));
    }

    @Test
    @DisplayName("contract 6.2: broken JSON, and where")
    void refusesJsonThatIsNone() {
        HttpResponse<String> answer = server.send("POST", CHECKS, "{\"mod", "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("detail").asText()).startsWith("Validation error at body.5: ");
    }

    @Test
    @DisplayName("contract 7")
    void givesBackTheRequestsId() {
        HttpResponse<String> named = server.send("POST", CHECKS, "{}", "X-Request-Id", "mine");
        HttpResponse<String> unnamed = server.send("POST", CHECKS, "{}");

        assertThat(named.headers().firstValue("X-Request-Id")).contains("mine");
        assertThat(unnamed.headers().firstValue("X-Request-Id").orElse(""))
                .matches("req_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    @DisplayName("contract 7")
    void tellsTheTraceThatTheRequestIsPartOf() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        HttpResponse<String> traced = server.send(
                "POST", CHECKS, body("", user("Hello!")), "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        HttpResponse<String> untraced = server.send("POST", CHECKS, "{}");

        assertThat(traced.headers().firstValue("X-Trace-Id")).contains(trace);
        assertThat(untraced.headers().firstValue("X-Trace-Id").orElse("")).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/guardrails/v2/workspaces/default/chat/completions",
                "/apis/guardrails/v2/workspaces/a/b/checks"
            })
    @DisplayName("contract 2.1 and 6.1: what is not there")
    void answersNotFoundWithPathAndMethod(String path) {
        HttpResponse<String> answer = server.send("POST", path, "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer)).isEqualTo(json("""
                {"detail": "The requested resource was not found.", "path": "%s", "method": "POST"}""".formatted(path)));
    }

    @Test
    @DisplayName("contract 12: what llama-stack sends and reads")
    void servesLlamaStack() {
        HttpResponse<String> answer = server.send(
                "POST", "/v1/guardrail/checks", recorded("llama-stack-check.json"), "Content-Type", "application/json");

        assertThat(status(answer)).isEqualTo("blocked");
        assertThat(json(answer).path("rails_status")).isEqualTo(json("""
                {"regex check input": {"status": "blocked"}}"""));
    }

    @Test
    @DisplayName("contract 12 and 17: what Kong sends")
    void servesKong() {
        HttpResponse<String> answer = server.send(
                "POST", "/v1/guardrail/checks", recorded("kong-check.json"), "X-Model-Authorization", "nvapi-key");

        assertThat(status(answer)).isEqualTo("blocked");
        assertThat(json(answer).path("rails_status")).isEqualTo(json("""
                {"regex check input": {"status": "success"}, "regex check output": {"status": "blocked"}}"""));
    }

    private static String recorded(String name) {
        try (InputStream file = GuardrailChecksTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> check(String guardrails, String... messages) {
        return server.send("POST", CHECKS, body(guardrails, messages));
    }

    private static String body(String guardrails, String... messages) {
        return "{\"model\": \"some-model\", \"messages\": [%s], \"guardrails\": {%s}}"
                .formatted(String.join(", ", messages), guardrails);
    }

    private static String user(String text) {
        return "{\"role\": \"user\", \"content\": \"" + text + "\"}";
    }

    private static String assistant(String text) {
        return "{\"role\": \"assistant\", \"content\": \"" + text + "\"}";
    }

    private static String status(HttpResponse<String> answer) {
        return json(answer).path("status").asText();
    }

    private static JsonNode detail(String detail) {
        return JsonNodeFactory.instance.objectNode().put("detail", detail);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
