package dev.guardrails4j.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guardrails4j.server.wire.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("chat-server-contract 1.1 and 1.2: what a request must not say, told with status 422")
class RequestValidationTest {

    private static final String ROLES =
            "Input should be 'developer', 'system', 'user', 'assistant', 'tool', 'function' or 'context'";

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource({"bodies", "parameters", "messages", "parts", "guardrails", "options"})
    void tellsWhereAndWhat(String body, String message, String param) {
        RequestException refused = refusal(body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused).hasMessage(message);
        assertThat(ErrorBody.of(refused).error().param()).isEqualTo(param.isEmpty() ? null : param);
        assertThat(ErrorBody.of(refused).error().code()).isNull();
    }

    static Stream<Arguments> bodies() {
        String noObject = "body: Input should be a valid dictionary or object to extract fields from";
        return Stream.of(
                refused("", "body: Field required", ""),
                refused("  \n", "body: Field required", ""),
                refused("null", "body: Field required", ""),
                refused("[]", noObject, ""),
                refused("\"text\"", noObject, ""),
                refused("1", noObject, ""),
                refused("{", "body.1: JSON decode error", "1"),
                refused("{\"a\":", "body.5: JSON decode error", "5"),
                refused("{\"\u00e9\":}", "body.5: JSON decode error", "5"),
                refused("{\"a\":1,}", "body.7: JSON decode error", "7"),
                refused("{'a':1}", "body.1: JSON decode error", "1"),
                refused("nope", "body.0: JSON decode error", "0"),
                refused("{\"model\":\"m\"} x", "body.14: JSON decode error", "14"),
                refused("{\"a\":\"b\nc\"}", "body.7: JSON decode error", "7"),
                refused("{}", "body.model: Field required", "model"),
                refused("{\"model\": null}", "body.model: Input should be a valid string", "model"),
                refused("{\"model\": 5}", "body.model: Input should be a valid string", "model"),
                refused(
                        "{\"messages\": [{}]}",
                        "body.messages.0.role: Field required; body.model: Field required",
                        "messages.0.role"),
                refused(
                        "{\"model\": \"m\", \"user\": \"\\ud800\"}",
                        "body.user: Input should be a valid string, unable to parse raw data as a unicode string",
                        "user"),
                refused("{\"model\": \"m\", \"x\": [1e999]}", "body.x.0: Input should be a finite number", "x.0"));
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                parameter(
                        "\"stream\": \"maybe\"",
                        "stream",
                        "Input should be a valid boolean, unable to interpret input"),
                parameter("\"stream\": {}", "stream", "Input should be a valid boolean"),
                parameter(
                        "\"max_tokens\": \"ten\"",
                        "max_tokens",
                        "Input should be a valid integer, unable to parse string as an integer"),
                parameter(
                        "\"max_tokens\": 1.5",
                        "max_tokens",
                        "Input should be a valid integer, got a number with a fractional part or out of range"),
                parameter("\"max_tokens\": []", "max_tokens", "Input should be a valid integer"),
                parameter(
                        "\"temperature\": \"hot\"",
                        "temperature",
                        "Input should be a valid number, unable to parse string as a number"),
                parameter("\"top_p\": {}", "top_p", "Input should be a valid number"),
                parameter("\"stop\": 5", "stop", "Input should be a valid string or list"),
                parameter("\"stop\": [\"a\", 5]", "stop.1", "Input should be a valid string"),
                parameter("\"logit_bias\": []", "logit_bias", "Input should be a valid dictionary"),
                parameter("\"logprobs\": 2", "logprobs", "Input should be a valid boolean, unable to interpret input"),
                parameter("\"tools\": {}", "tools", "Input should be a valid list"),
                parameter("\"tools\": [1]", "tools.0", "Input should be a valid dictionary"),
                parameter("\"tool_choice\": 1", "tool_choice", "Input should be a valid string or dictionary"),
                parameter("\"n\": 2", "n", "Only one choice is supported; set n to 1 or leave it out"),
                whole("\"tools\": [{\"type\": \"custom\"}]", "Custom tools are not supported."),
                whole("\"tool_choice\": {\"type\": \"custom\"}", "Custom tools are not supported."),
                whole(
                        "\"tool_choice\": {\"type\": \"allowed_tools\", \"tools\": [{\"type\": \"custom\"}]}",
                        "Custom tools are not supported."),
                whole("\"modalities\": \"text\"", "The 'modalities' parameter must be a list."),
                whole("\"modalities\": [\"text\", \"audio\"]", "Audio input and output are not supported."),
                whole("\"audio\": null", "Audio input and output are not supported."));
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                messages("{}", "", "Input should be a valid list"),
                messages("[\"hi\"]", ".0", "Input should be a valid dictionary"),
                message("{\"content\": \"hi\"}", "role", "Field required"),
                message("{\"role\": \"event\", \"event\": {}}", "role", ROLES),
                message("{\"role\": 5, \"content\": \"hi\"}", "role", ROLES),
                message("{\"role\": \"user\"}", "content", "Field required"),
                message("{\"role\": \"system\"}", "content", "Field required"),
                message("{\"role\": \"developer\"}", "content", "Field required"),
                message("{\"role\": \"assistant\"}", "content", "Field required"),
                message("{\"role\": \"assistant\", \"tool_calls\": []}", "content", "Field required"),
                message("{\"role\": \"tool\", \"tool_call_id\": \"c\"}", "content", "Field required"),
                message("{\"role\": \"function\", \"name\": \"f\"}", "content", "Field required"),
                message("{\"role\": \"context\"}", "content", "Field required"),
                message("{\"role\": \"context\", \"content\": \"x\"}", "content", "Input should be a valid dictionary"),
                message("{\"role\": \"user\", \"content\": null}", "content", "Input should be a valid string or list"),
                message("{\"role\": \"user\", \"content\": {}}", "content", "Input should be a valid string or list"),
                message("{\"role\": \"tool\", \"content\": \"x\"}", "tool_call_id", "Field required"),
                message("{\"role\": \"function\", \"content\": null}", "name", "Field required"),
                message(
                        "{\"role\": \"user\", \"content\": \"x\", \"name\": 1}",
                        "name",
                        "Input should be a valid string"),
                message(
                        "{\"role\": \"user\", \"content\": \"x\", \"event\": 1}",
                        "event",
                        "Extra inputs are not permitted"),
                message(
                        "{\"role\": \"assistant\", \"content\": \"x\", \"audio\": {}}",
                        "audio",
                        "Extra inputs are not permitted"),
                message(
                        "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"type\": \"custom\", \"function\": {\"name\": \"f\", \"arguments\": \"\"}}]}",
                        "tool_calls.0.type",
                        "Input should be 'function'"),
                message(
                        "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"type\": \"function\", \"function\": {\"name\": \"f\", \"arguments\": {}}}]}",
                        "tool_calls.0.function.arguments",
                        "Input should be a valid string"));
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                part("user", "\"hi\"", "", "Input should be a valid dictionary"),
                part("user", "{}", ".type", "Field required"),
                part("user", "{\"type\": \"input_audio\"}", ".type", "Input should be 'text', 'image_url' or 'file'"),
                part("system", "{\"type\": \"image_url\"}", ".type", "Input should be 'text'"),
                part("assistant", "{\"type\": \"file\"}", ".type", "Input should be 'text' or 'refusal'"),
                part("user", "{\"type\": \"text\"}", ".text", "Field required"),
                part("user", "{\"type\": \"text\", \"text\": \"x\", \"y\": 1}", ".y", "Extra inputs are not permitted"),
                part("user", "{\"type\": \"image_url\"}", ".image_url", "Field required"),
                part("user", "{\"type\": \"image_url\", \"image_url\": {}}", ".image_url.url", "Field required"),
                part(
                        "user",
                        "{\"type\": \"image_url\", \"image_url\": {\"url\": \"u\", \"detail\": \"max\"}}",
                        ".image_url.detail",
                        "Input should be 'auto', 'low' or 'high'"),
                part(
                        "user",
                        "{\"type\": \"file\", \"file\": {\"id\": 1}}",
                        ".file.id",
                        "Extra inputs are not permitted"),
                part(
                        "user",
                        "{\"type\": \"text\", \"text\": \"x\", \"prompt_cache_breakpoint\": {\"mode\": \"auto\"}}",
                        ".prompt_cache_breakpoint.mode",
                        "Input should be 'explicit'"),
                part("assistant", "{\"type\": \"refusal\"}", ".refusal", "Field required"));
    }

    static Stream<Arguments> guardrails() {
        String object = "Input should be a valid dictionary or object to extract fields from";
        String both = "Value error, Only one of config_id or config_ids should be specified";
        String state = "Value error, Caller-supplied state is not accepted over HTTP.";
        return Stream.of(
                guardrails("null", "", object),
                guardrails("[]", "", object),
                guardrails("{\"config_id\": \"a\", \"config_ids\": [\"b\"]}", "", both),
                guardrails("{\"config_id\": \"\", \"config_ids\": []}", "", both),
                guardrails("{\"state\": {}}", "", state),
                guardrails("{\"state\": {\"events\": []}, \"thread_id\": \"short\"}", "", state),
                guardrails("{\"state\": 5, \"config_id\": \"gone\"}", "", state),
                guardrails("{\"config_id\": 5}", ".config_id", "Input should be a valid string"),
                guardrails("{\"config_ids\": \"a\"}", ".config_ids", "Input should be a valid list"),
                guardrails("{\"config_ids\": [null]}", ".config_ids.0", "Input should be a valid string"),
                guardrails("{\"thread_id\": \"short\"}", ".thread_id", "String should have at least 16 characters"),
                guardrails(
                        "{\"thread_id\": \"" + "x".repeat(256) + "\"}",
                        ".thread_id",
                        "String should have at most 255 characters"),
                guardrails("{\"thread_id\": 5}", ".thread_id", "Input should be a valid string"),
                guardrails("{\"context\": []}", ".context", "Input should be a valid dictionary"),
                guardrails("{\"options\": null}", ".options", "Input should be a valid dictionary"));
    }

    static Stream<Arguments> options() {
        return Stream.of(
                option("\"rails\": null", "rails", "Input should be a valid dictionary"),
                option("\"rails\": [5]", "rails.0", "Input should be a valid string"),
                option("\"rails\": {\"dialog\": [\"a\"]}", "rails.dialog", "Input should be a valid boolean"),
                option("\"rails\": {\"input\": {}}", "rails.input", "Input should be a valid boolean or list"),
                option("\"rails\": {\"output\": [1]}", "rails.output.0", "Input should be a valid string"),
                option(
                        "\"rails\": {\"tool_output\": true, \"tool_call\": true}",
                        "rails",
                        "Value error, Cannot configure both rails.tool_output and rails.tool_call; use rails.tool_call."),
                option(
                        "\"rails\": {\"tool_input\": true, \"tool_result\": true}",
                        "rails",
                        "Value error, Cannot configure both rails.tool_input and rails.tool_result; use"
                                + " rails.tool_result."),
                option("\"llm_params\": []", "llm_params", "Input should be a valid dictionary"),
                option(
                        "\"llm_params\": {\"messages\": []}",
                        "llm_params.messages",
                        "Not a parameter of the model; leave it out"),
                option(
                        "\"llm_params\": {\"n\": 3}",
                        "llm_params.n",
                        "Only one choice is supported; set n to 1 or leave it out"),
                option("\"llm_output\": null", "llm_output", "Input should be a valid boolean"),
                option("\"output_vars\": {}", "output_vars", "Input should be a valid boolean or list"),
                option("\"output_vars\": [1]", "output_vars.0", "Input should be a valid string"),
                option("\"log\": null", "log", "Input should be a valid dictionary"),
                option(
                        "\"log\": {\"llm_calls\": \"some\"}",
                        "log.llm_calls",
                        "Input should be a valid boolean, unable to interpret input"));
    }

    @Test
    void neverTellsAValue() {
        RequestException refused = refusal("""
                {"model": ["hunter2"], "temperature": "hunter2", "stream": "hunter2",
                 "messages": [{"role": "hunter2"}, {"role": "user", "content": "x", "api_key": "hunter2"}],
                 "guardrails": {"thread_id": "hunter2", "options": {"rails": {"input": "hunter2"}}}}""");

        assertThat(refused.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void tellsNoMoreThanFiftyFaults() {
        RequestException refused = refusal("{\"model\": \"m\", \"messages\": [" + "{},".repeat(5_000) + "{}]}");

        assertThat(refused.getMessage().split("; ")).hasSize(50);
    }

    @Test
    void refusesMoreThanTenThousandMessages() {
        RequestException refused = refusal("{\"model\": \"m\", \"messages\": [" + "{},".repeat(10_000) + "{}]}");

        assertThat(refused).hasMessage("body.messages: List should have at most 10000 items");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        RequestException refused =
                refusal("{\"model\": \"m\", \"x\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused).hasMessageStartingWith("body: JSON is nested more than 100 levels deep");
    }

    @Test
    void shortensNamesThatTheCallerMadeUp() {
        RequestException refused =
                refusal("{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"x\", \""
                        + "k".repeat(500) + "\": 1}]}");

        assertThat(refused.getMessage()).hasSizeLessThan(200);
    }

    private static RequestException refusal(String body) {
        return catchThrowableOfType(
                RequestException.class, () -> ChatCompletionRequest.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Arguments refused(String body, String message, String param) {
        return Arguments.of(body, message, param);
    }

    private static Arguments parameter(String member, String field, String message) {
        return refused("{\"model\": \"m\", " + member + "}", "body." + field + ": " + message, field);
    }

    private static Arguments whole(String member, String message) {
        return refused("{" + member + "}", "body: Value error, " + message, "");
    }

    private static Arguments messages(String messages, String at, String message) {
        return parameter("\"messages\": " + messages, "messages" + at, message);
    }

    private static Arguments message(String json, String field, String message) {
        return messages("[" + json + "]", ".0." + field, message);
    }

    private static Arguments part(String role, String json, String at, String message) {
        return message("{\"role\": \"" + role + "\", \"content\": [" + json + "]}", "content.0" + at, message);
    }

    private static Arguments guardrails(String json, String at, String message) {
        return parameter("\"guardrails\": " + json, "guardrails" + at, message);
    }

    private static Arguments option(String member, String field, String message) {
        return guardrails("{\"options\": {" + member + "}}", ".options." + field, message);
    }
}
