package dev.guardrails4j.server.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.server.checks.ConfigChoice.Inline;
import dev.guardrails4j.server.checks.ConfigChoice.Stored;
import dev.guardrails4j.server.checks.ConfigChoice.Unspecified;
import dev.guardrails4j.server.wire.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("checks-contract 3 and 6.2: what a guardrail check request may say")
class GuardrailCheckRequestTest {

    private static final String HELLO =
            "\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]";
    private static final String NOT_A_MODEL = "Input should be a valid dictionary or object to extract fields from";

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource({"bodies", "parameters", "guardrails"})
    void refuses(String body, String detail) {
        RequestException refusal = refusal(body);

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(DetailBody.of(refusal).detail()).isEqualTo(detail);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("{}", "body.model: Field required; body.messages: Field required"),
                arguments("", "Validation error at body: Field required"),
                arguments("[]", "Validation error at body: " + NOT_A_MODEL),
                arguments("{\"messages\": []}", "Validation error at body.model: Field required"),
                arguments("{\"model\": \"m\"}", "Validation error at body.messages: Field required"),
                arguments(
                        "{\"model\": \"m\", \"messages\": \"hi\"}",
                        "Validation error at body.messages: Input should be a valid list"),
                arguments(
                        "{\"model\": 1, \"messages\": []}",
                        "Validation error at body.model: Input should be a valid string"));
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                wrong("temperature", "3", "Input should be less than or equal to 2"),
                wrong("temperature", "-0.1", "Input should be greater than or equal to 0"),
                wrong("temperature", "\"1\"", "Input should be a valid number"),
                wrong("temperature", "true", "Input should be a valid number"),
                wrong("top_p", "1.1", "Input should be less than or equal to 1"),
                wrong("frequency_penalty", "3", "Input should be less than or equal to 2"),
                wrong("presence_penalty", "-2.5", "Input should be greater than or equal to -2"),
                wrong("max_tokens", "0", "Input should be greater than or equal to 1"),
                wrong("max_tokens", "\"5\"", "Input should be a valid integer"),
                wrong("max_tokens", "5.5", "Input should be a valid integer"),
                wrong("max_completion_tokens", "0", "Input should be greater than or equal to 1"),
                wrong("n", "0", "Input should be greater than or equal to 1"),
                wrong("top_logprobs", "21", "Input should be less than or equal to 20"),
                wrong("logprobs", "1", "Input should be a valid boolean"),
                wrong("stream", "\"abc\"", "Input should be a valid boolean, unable to interpret input"),
                wrong("seed", "\"x\"", "Input should be a valid integer"),
                wrong("user", "1", "Input should be a valid string"),
                wrong("logit_bias", "[]", "Input should be a valid dictionary"),
                wrong("response_format", "\"json\"", "Input should be a valid dictionary"),
                wrong("tools", "{}", "Input should be a valid list"),
                wrong("vision", "\"abc\"", "Input should be a valid boolean, unable to interpret input"),
                wrong("ignore_eos", "\"abc\"", "Input should be a valid boolean, unable to interpret input"),
                wrong("reasoning_effort", "1", "Input should be a valid string"),
                arguments(
                        "{" + HELLO + ", \"logit_bias\": {\"50256\": \"x\"}}",
                        "Validation error at body.logit_bias.50256: Input should be a valid number"),
                arguments(
                        "{" + HELLO + ", \"stream_options\": {\"include_usage\": \"abc\"}}",
                        "Validation error at body.stream_options.include_usage:"
                                + " Input should be a valid boolean, unable to interpret input"),
                arguments(
                        "{" + HELLO + ", \"tools\": [1]}",
                        "Validation error at body.tools.0: Input should be a valid dictionary"),
                arguments(
                        "{" + HELLO + ", \"stop\": 1}",
                        "body.stop.str: Input should be a valid string; body.stop.list[str]: Input should be a valid list"),
                arguments(
                        "{" + HELLO + ", \"tool_choice\": 1}",
                        "body.tool_choice.str: Input should be a valid string;"
                                + " body.tool_choice.dict[str,any]: Input should be a valid dictionary"));
    }

    static Stream<Arguments> guardrails() {
        return Stream.of(
                wrong("guardrails", "null", NOT_A_MODEL),
                wrong("guardrails", "\"x\"", NOT_A_MODEL),
                wrong(
                        "guardrails",
                        "{\"config_id\": \"a\", \"config_ids\": [\"b\"]}",
                        "Only one of config_id or config_ids should be specified"),
                wrong(
                        "guardrails",
                        "{\"config_id\": \"a\", \"config\": \"b\"}",
                        "Only one of config_id or config of type str should be specified"),
                arguments(
                        "{" + HELLO + ", \"guardrails\": {\"options\": {\"log\": {\"activated_rails\": \"maybe\"}}}}",
                        "Validation error at body.guardrails.options.log.activated_rails:"
                                + " Input should be a valid boolean, unable to interpret input"),
                arguments(
                        "{" + HELLO + ", \"guardrails\": {\"config\": 1}}",
                        "body.guardrails.config.str: Input should be a valid string;"
                                + " body.guardrails.config.RailsConfig: " + NOT_A_MODEL),
                arguments(
                        "{" + HELLO + ", \"guardrails\": {\"config_ids\": []}}",
                        "Validation error at body.guardrails.config_ids: List should have at least 1 item"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"developer", "bot", "context", "event", "exception"})
    @DisplayName("contract 6.2: a role that is none is told of each thing the message might be")
    void refusesOtherRoles(String role) {
        String place = "body.messages.0.ChatCompletion";

        assertThat(detail("{\"model\": \"m\", \"messages\": [{\"role\": \"%s\", \"content\": \"x\"}]}".formatted(role)))
                .isEqualTo(String.join(
                        "; ",
                        place + "SystemMessageParam.role: Input should be 'system'",
                        place + "UserMessageParam.role: Input should be 'user'",
                        place + "AssistantMessageParam.role: Input should be 'assistant'",
                        place + "ToolMessageParam.role: Input should be 'tool'",
                        place + "ToolMessageParam.tool_call_id: Field required",
                        place + "FunctionMessageParam.name: Field required",
                        place + "FunctionMessageParam.role: Input should be 'function'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "{}",
                "{\"role\": \"user\"}",
                "{\"role\": \"user\", \"content\": 1}",
                "{\"role\": \"user\", \"content\": null}",
                "{\"role\": \"user\", \"content\": \"x\", \"extra\": 1}",
                "{\"role\": \"user\", \"content\": \"x\", \"name\": 1}",
                "{\"role\": \"user\", \"content\": [1]}",
                "{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}",
                "{\"role\": \"user\", \"content\": [{\"type\": \"input_audio\", \"input_audio\": {}}]}",
                "{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": \"http://a.test/b.png\"}]}",
                "{\"role\": \"system\", \"content\": [{\"type\": \"text\", \"text\": \"x\"}]}",
                "{\"role\": \"tool\", \"content\": \"x\"}",
                "{\"role\": \"function\", \"content\": \"x\"}",
                "{\"role\": \"assistant\", \"content\": 1}",
                "{\"role\": \"assistant\", \"refusal\": \"no\"}",
                "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\"}]}",
                "{\"role\": \"assistant\", \"function_call\": {\"name\": \"f\"}}"
            })
    @DisplayName("contract 3.2")
    void refusesMessagesThatAreNone(String message) {
        assertThat(detail("{\"model\": \"m\", \"messages\": [" + message + "]}"))
                .contains("body.messages.0.ChatCompletionUserMessageParam");
    }

    @ParameterizedTest
    @MethodSource("images")
    void refusesImagesThatCannotBeLoaded(String url, String beginning) {
        assertThat(detail(showing(url)))
                .startsWith("Validation error at body.messages.0.ChatCompletionUserMessageParam.content.")
                .endsWith(beginning + " The URL must be a HTTP, HTTPS, or base64 data URI (data:image/...).");
    }

    static Stream<Arguments> images() {
        return Stream.of(
                arguments("ftp://a.test/b.png", "Image URL scheme 'ftp' is not supported."),
                arguments("file:///etc/passwd", "Image URL scheme 'file' is not supported."),
                arguments("http://", "Image URL is not one that can be loaded."),
                arguments("b.png", "Image URL is not one that can be loaded."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.test/b.png", "HTTPS://a.test", "data:image/png;base64,AAAA"})
    void takesImagesThatCanBeLoaded(String url) {
        GuardrailCheckRequest request = read(showing(url));

        assertThat(request.hasImages()).isTrue();
        assertThat(request.messages().get(0).content().get(1).fields())
                .isEqualTo(Map.of("image_url", Map.of("url", url)));
    }

    @Test
    void readsEachKindOfMessage() {
        GuardrailCheckRequest request = read("""
                {"model": "m", "messages": [
                  {"role": "system", "content": "Be kind."},
                  {"role": "user", "content": [{"type": "text", "text": "How is"}, {"type": "text", "text": "it?"}],
                   "name": "Ann"},
                  {"role": "assistant", "content": null, "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]},
                  {"role": "tool", "content": "sunny", "tool_call_id": "c1"},
                  {"role": "function", "content": null, "name": "f"},
                  {"role": "assistant", "content": "Sunny."}]}""");

        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.FUNCTION, Role.ASSISTANT);
        assertThat(request.messages().get(1).text()).isEqualTo("How is\nit?");
        assertThat(request.messages().get(1).fields()).isEqualTo(Map.of("name", "Ann"));
        assertThat(request.messages().get(2).toolCalls()).containsExactly(new ToolCall("c1", "weather", "{}"));
        assertThat(request.messages().get(3).fields()).isEqualTo(Map.of("tool_call_id", "c1"));
        assertThat(request.hasImages()).isFalse();
    }

    @Test
    @DisplayName("contract 3: every parameter the API page lists is taken")
    void takesEveryParameter() {
        GuardrailCheckRequest request = read("{" + HELLO + """
                , "temperature": 1, "top_p": 1, "max_tokens": 160, "max_completion_tokens": 5, "n": 2,
                "frequency_penalty": 0, "presence_penalty": -2, "top_logprobs": 20, "logprobs": true, "stream": "true",
                "stop": ["a"], "seed": 7, "user": "u", "logit_bias": {"1": -1.5},
                "stream_options": {"include_usage": true}, "response_format": {"type": "json_object"},
                "tools": [{"type": "function"}], "tool_choice": "auto", "function_call": {"name": "f"},
                "ignore_eos": true, "reasoning_effort": "low", "vision": false, "best_of": 1, "echo": true,
                "suffix": null, "something": "new", "guardrails": {"unknown": 1, "return_choice": true, "stream": false,
                "state": {}, "context": {"a": 1}}}""");

        GenerationRequest generation = request.toGeneration();
        assertThat(generation.tools()).containsExactly(Map.of("type", "function"));
        assertThat(generation.model()).contains("m");
        assertThat(generation.context()).isEqualTo(Map.of("a", 1));
    }

    @Test
    @DisplayName("contract 3.1: messages may be empty")
    void takesNoMessages() {
        assertThat(read("{\"model\": \"\", \"messages\": []}").toGeneration().model())
                .isEmpty();
    }

    @Test
    @DisplayName("contract 3.3: which rails run is the configuration's to say")
    void ignoresWhichRailsARequestWants() {
        GuardrailCheckRequest request =
                read("{" + HELLO + ", \"guardrails\": {\"options\": {\"rails\": {\"input\": false}}}}");

        assertThat(request.toGeneration().options()).isEqualTo(GenerationOptions.ALL);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("choices")
    @DisplayName("contract 3.4: which configuration runs")
    void choosesTheConfiguration(String guardrails, ConfigChoice choice) {
        assertThat(read("{" + HELLO + ", \"guardrails\": " + guardrails + "}").config())
                .isEqualTo(choice);
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                arguments("{}", new Unspecified()),
                arguments("{\"config\": {}}", new Unspecified()),
                arguments("{\"config_id\": null}", new Unspecified()),
                arguments("{\"config_id\": \"a\"}", new Stored(List.of("a"))),
                arguments("{\"config\": \"ws/a\"}", new Stored(List.of("ws/a"))),
                arguments("{\"config_ids\": [\"a\", \"ws/b\"]}", new Stored(List.of("a", "ws/b"))),
                arguments("{\"config\": \"c\", \"config_ids\": [\"a\"]}", new Stored(List.of("a"))),
                arguments("{\"config\": {}, \"config_id\": \"a\"}", new Stored(List.of("a"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"config\": {\"models\": []}}",
                "{\"config\": {\"models\": []}, \"config_id\": \"a\"}",
                "{\"config\": {\"models\": []}, \"config_id\": \"a\", \"config_ids\": [\"b\"]}"
            })
    @DisplayName("contract 3.4: a configuration that the request brings along wins")
    void choosesTheConfigurationThatTheRequestBrings(String guardrails) {
        assertThat(read("{" + HELLO + ", \"guardrails\": " + guardrails + "}").config())
                .isInstanceOf(Inline.class);
    }

    @Test
    void choosesNothingWithoutGuardrails() {
        assertThat(read("{" + HELLO + "}").config()).isEqualTo(new Unspecified());
    }

    private static Arguments wrong(String parameter, String value, String message) {
        return arguments(
                "{" + HELLO + ", \"" + parameter + "\": " + value + "}",
                "Validation error at body." + parameter + ": " + message);
    }

    private static String showing(String url) {
        return """
                {"model": "m", "messages": [{"role": "user", "content": [{"type": "text", "text": "What is this?"},
                  {"type": "image_url", "image_url": {"url": "%s"}}]}]}""".formatted(url);
    }

    private static GuardrailCheckRequest read(String body) {
        return GuardrailCheckRequest.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestException refusal(String body) {
        return catchThrowableOfType(RequestException.class, () -> read(body));
    }

    private static String detail(String body) {
        return DetailBody.of(refusal(body)).detail();
    }
}
