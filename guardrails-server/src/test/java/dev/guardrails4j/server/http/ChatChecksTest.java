package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("chat-server-contract 1.4: checks of chats over sockets")
class ChatChecksTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";
    private static final String CALL = """
            {"role": "assistant", "content": null, "tool_calls": [
              {"id": "c1", "type": "function", "function": {"name": "%s", "arguments": "{}"}}]}""";
    private static final String TOOLS = """
            "tools": [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]""";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl())
                .config("regex", """
                        rails:
                          input: {flows: [regex check input]}
                          output: {flows: [regex check output]}
                          config:
                            regex_detection:
                              input: {patterns: [evil]}
                              output: {patterns: [evil]}
                        """)
                .config("input", """
                        rails:
                          input: {flows: [regex check input]}
                          config: {regex_detection: {input: {patterns: [evil]}}}
                        """)
                .config("masking", """
                        rails:
                          input: {flows: [regex redact input]}
                          output: {flows: [regex redact output]}
                          config:
                            regex_detection:
                              input: {patterns: [evil]}
                              output: {patterns: [evil]}
                        """)
                .config("tools", """
                        rails:
                          tool_output: {flows: [tool call validation]}
                          tool_input: {flows: [tool result validation]}
                        """);
        server = RunningServer.start(root.folder(), RunningServer.settings("", Optional.empty()));
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void passes() {
        HttpResponse<String> answer = check("regex", "", user("Hello!"), assistant("Hi!"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer)).isEqualTo(json("{\"status\": \"passed\", \"content\": \"Hi!\"}"));
    }

    @Test
    void blocksAndNamesTheRail() {
        assertThat(json(check("regex", "", user("evil")))).isEqualTo(json("""
                {"status": "blocked", "content": "%s", "rail": "regex check input",
                 "reason": "matches a configured pattern"}""".formatted(REFUSAL)));
    }

    @Test
    void blocksAnAnswerThatStandsAlone() {
        assertThat(json(check("regex", "", assistant("evil"))).path("rail").asText())
                .isEqualTo("regex check output");
    }

    @Test
    void blocksForAnAnswerThatTheConversationGoesOnAfter() {
        assertThat(json(check("regex", "", user("Hello!"), assistant("evil"), user("Go on.")))
                        .path("rail")
                        .asText())
                .isEqualTo("regex check output");
        assertThat(json(check(
                                "regex",
                                "\"rail_types\": [\"input\"]",
                                user("Hello!"),
                                assistant("evil"),
                                user("Go on.")))
                        .path("status")
                        .asText())
                .isEqualTo("passed");
    }

    @Test
    void tellsTheTextThatRailsChanged() {
        assertThat(json(check("masking", "", user("so evil")))).isEqualTo(json("""
                {"status": "modified", "content": "so <REDACTED>"}"""));
        assertThat(json(check("masking", "", user("Hello!"), assistant("so evil"))))
                .isEqualTo(json("""
                {"status": "modified", "content": "so <REDACTED>"}"""));
    }

    @Test
    void checksOnlyWhatIsWanted() {
        assertThat(status(check("regex", "\"rail_types\": [\"output\"]", user("evil"), assistant("Hi!"))))
                .isEqualTo("passed");
        assertThat(status(check("regex", "\"rail_types\": [\"input\"]", user("Hello!"), assistant("evil"))))
                .isEqualTo("passed");
        assertThat(status(check("regex", "\"rail_types\": [\"input\", \"output\"]", user("Hello!"), assistant("evil"))))
                .isEqualTo("blocked");
    }

    @Test
    void passesWhatIsNeitherOfTheUserNorOfTheAssistant() {
        assertThat(json(check("regex", "", "{\"role\": \"developer\", \"content\": \"evil\"}")))
                .isEqualTo(json("""
                {"status": "passed", "content": "evil"}"""));
    }

    @Test
    void tellsWhatIsWrongWithACall() {
        HttpResponse<String> answer = server.send(
                "POST",
                "/v1/checks",
                "{\"model\": \"m\", \"messages\": [%s, %s], %s, \"guardrails\": {\"config_id\": \"tools\"}}"
                        .formatted(user("Hello!"), CALL.formatted("shell"), TOOLS));

        assertThat(json(answer)).isEqualTo(json("""
                {"status": "blocked", "content": "%s", "rail": "tool call validation",
                 "reason": "the request offers no such tool",
                 "tool_violations": [{"kind": "tool_call", "violation_type": "unknown_tool",
                   "reason": "the request offers no such tool", "tool_call_id": "c1", "tool_name": "shell",
                   "index": 0}]}""".formatted(REFUSAL)));
    }

    @Test
    @DisplayName("the index of a result counts the caller's messages, context messages too")
    void tellsWhichResultIsWrong() {
        JsonNode violation = json(check(
                        "tools",
                        "\"rail_types\": [\"tool_result\"]",
                        "{\"role\": \"context\", \"content\": {\"a\": 1}}",
                        user("Hello!"),
                        CALL.formatted("weather"),
                        "{\"role\": \"tool\", \"content\": \"sunny\", \"tool_call_id\": \"c1\"}",
                        "{\"role\": \"tool\", \"content\": \"rainy\", \"tool_call_id\": \"c2\"}"))
                .at("/tool_violations/0");

        assertThat(violation.path("violation_type").asText()).isEqualTo("unknown_tool_call_id");
        assertThat(violation.path("tool_call_id").asText()).isEqualTo("c2");
        assertThat(violation.path("index").asInt()).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "regex|[]|messages must be non-empty|",
                "input|\"rail_types\": [\"output\"]|Requested rail type 'output' has no configured rails.|",
                "regex|\"rail_types\": [\"tool_call\"]|Requested rail type 'tool_call' has no configured rails.|",
                "regex|\"rail_types\": [\"output\"]|messages have nothing of the requested rail types|",
                "regex|\"rail_types\": [\"dialog\"]|body.guardrails.rail_types.0: Input should be 'input', 'output',"
                        + " 'tool_call' or 'tool_result'|guardrails.rail_types.0",
                "regex|\"rail_types\": \"input\"|body.guardrails.rail_types: Input should be a valid"
                        + " list|guardrails.rail_types",
                "missing||Could not load the requested guardrails configuration: ['missing']|",
                "regex|\"thread_id\": \"0123456789abcdef\"|thread_id is not read by a check; send the messages that are"
                        + " to be checked|"
            })
    void refuses(String config, String guardrails, String message, String param) {
        String options = guardrails == null || guardrails.equals("[]") ? "" : guardrails;
        HttpResponse<String> answer =
                "[]".equals(guardrails) ? check(config, options) : check(config, options, user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer)).isEqualTo(error(message, "invalid_request_error", param, null));
    }

    @Test
    void refusesToolsThatNobodyLooksAt() {
        HttpResponse<String> answer = server.send("POST", "/v1/checks", """
                {"model": "m", "messages": [%s], %s, "guardrails": {"config_id": "regex", "rail_types": ["input"]}}""".formatted(user("Hello!"), TOOLS));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/message").asText()).isEqualTo("tools is read only by a tool_call check");
    }

    @Test
    void refusesARequestWithoutConfiguration() {
        HttpResponse<String> answer =
                server.send("POST", "/v1/checks", "{\"model\": \"m\", \"messages\": [" + user("Hello!") + "]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("No guardrails config_id provided and server has no default configuration");
    }

    @Test
    @DisplayName("a configuration that cannot be used is told with status 422 and without the paths of files")
    void tellsWhatIsWrongWithTheConfiguration() {
        HttpResponse<String> answer = check("broken", "", user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("Could not load the requested guardrails configuration: ['broken']: unknown flow 'self chekc"
                        + " input' in rails.input.flows; did you mean 'self check input'?");
    }

    @Test
    @DisplayName("DESIGN 4: an outage of a rail's model is no verdict")
    void tellsAnOutage() {
        upstream.respond(request -> Response.error(429, "Slow down", "rate_limit_exceeded"));

        HttpResponse<String> answer = check("checked", "", user("Hello!"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("rail_unavailable");
    }

    private static HttpResponse<String> check(String config, String guardrails, String... messages) {
        return server.send(
                "POST",
                "/v1/checks",
                "{\"model\": \"m\", \"messages\": [%s], \"guardrails\": {\"config_id\": \"%s\"%s%s}}"
                        .formatted(String.join(", ", messages), config, guardrails.isEmpty() ? "" : ", ", guardrails));
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
}
