package dev.guardrails4j.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.engine.trace.GenerationLog;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.server.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("chat-server-contract 1.3 and 2, DESIGN 5: how answers look")
class ChatCompletionTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final GenerationLog NOTHING = new GenerationLog(List.of(), Duration.ZERO);

    @Test
    void answersWithTextUsageAndAllFiveGuardrailsKeys() throws IOException {
        JsonNode answer = render("{\"model\": \"m\"}", result(Message.assistant("Gr\u00fc\u00dfe \uD83D\uDE00")));

        assertThat(answer.path("id").asText()).matches("chatcmpl-[0-9a-f-]{36}");
        assertThat(answer.path("created").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(without(answer, "id", "created")).isEqualTo(json("""
            {"object": "chat.completion", "model": "m",
             "choices": [{"index": 0, "message": {"role": "assistant", "content": "Gr\u00fc\u00dfe \uD83D\uDE00"},
                          "finish_reason": "stop"}],
             "usage": {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12},
             "guardrails": {"config_id": "c", "state": null, "llm_output": null, "output_data": null, "log": null}}\
            """));
    }

    @Test
    void doesNotEscapeWhatIsNotAscii() {
        byte[] written = Json.write(Map.of("a", "Gr\u00fc\u00dfe"));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"Gr\u00fc\u00dfe\"}");
    }

    @Test
    void survivesHalfACharacterFromAModel() throws IOException {
        JsonNode answer = render("{\"model\": \"m\"}", result(Message.assistant("a\uD83Db")));

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("a?b");
    }

    @Test
    @DisplayName("contract 1.3: with tool calls an empty text is left out, and calls without id get one")
    void tellsToolCalls() throws IOException {
        Message message = new Message(
                Role.ASSISTANT,
                List.of(),
                List.of(new ToolCall("call_1", "look", "{\"at\":\"it\"}"), new ToolCall("", "go", "{}")),
                Map.of());

        JsonNode choice = render("{\"model\": \"m\"}", result(message)).at("/choices/0");

        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.path("message").has("content")).isFalse();
        assertThat(choice.at("/message/tool_calls/0")).isEqualTo(json("""
            {"id": "call_1", "type": "function", "function": {"name": "look", "arguments": "{\\"at\\":\\"it\\"}"}}\
            """));
        assertThat(choice.at("/message/tool_calls/1/id").asText()).matches("call_[0-9a-f]{8}");
    }

    @Test
    void keepsAnEmptyAnswerWithoutToolCalls() throws IOException {
        JsonNode message =
                render("{\"model\": \"m\"}", result(Message.assistant(""))).at("/choices/0/message");

        assertThat(message).isEqualTo(json("""
            {"role": "assistant", "content": ""}\
            """));
    }

    @Test
    void tellsReasoningAndRefusal() throws IOException {
        GenerationResult result = new GenerationResult(
                List.of(),
                new Message(
                        Role.ASSISTANT, List.of(ContentPart.text("no")), List.of(), Map.of("refusal", "I will not.")),
                Optional.empty(),
                "Because.",
                "length",
                Optional.empty(),
                TokenUsage.NONE,
                Map.of(),
                Map.of(),
                NOTHING);

        JsonNode choice = render("{\"model\": \"m\"}", result).at("/choices/0");

        assertThat(choice).isEqualTo(json("""
            {"index": 0, "finish_reason": "length", "message":
             {"role": "assistant", "content": "no", "reasoning_content": "Because.", "refusal": "I will not."}}\
            """));
    }

    @Test
    void tellsLogProbabilitiesOfTheAnswerThatTheModelGave() throws IOException {
        Map<String, Object> raw = Map.of(
                "choices",
                List.of(Map.of("message", Map.of("content", "yes"), "logprobs", Map.of("content", List.of(1)))));

        JsonNode same = render("{\"model\": \"m\"}", result(Message.assistant("yes"), Map.of(), raw, NOTHING));
        JsonNode changed = render("{\"model\": \"m\"}", result(Message.assistant("y**"), Map.of(), raw, NOTHING));

        assertThat(same.at("/choices/0/logprobs")).isEqualTo(json("{\"content\": [1]}"));
        assertThat(changed.at("/choices/0").has("logprobs")).isFalse();
    }

    @Test
    void tellsVariablesByNameAndMissingOnesAsNull() throws IOException {
        Map<String, Object> context = Map.of("a", List.of(1, 2.5, true), "b", "x", "c", Optional.of("odd"));
        GenerationResult result = result(Message.assistant("x"), context, Map.of(), NOTHING);

        assertThat(data("[\"a\", \"z\"]", result)).isEqualTo(json("{\"a\": [1, 2.5, true], \"z\": null}"));
        assertThat(data("true", result))
                .isEqualTo(json("{\"a\": [1, 2.5, true], \"b\": \"x\", \"c\": \"Optional[odd]\"}"));
        assertThat(data("false", result)).isEqualTo(json("null"));
        assertThat(data("[]", result)).isEqualTo(json("null"));
    }

    @Test
    void tellsTheModelsOwnAnswerNullsAndAll() throws IOException {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("id", "x");
        raw.put("service_tier", null);

        JsonNode answer =
                render(options("\"llm_output\": true"), result(Message.assistant("x"), Map.of(), raw, NOTHING));
        JsonNode unasked = render(options("\"llm_output\": true"), result(Message.assistant("x")));

        assertThat(answer.at("/guardrails/llm_output")).isEqualTo(json("{\"id\": \"x\", \"service_tier\": null}"));
        assertThat(unasked.at("/guardrails/llm_output").isNull()).isTrue();
    }

    @Test
    @DisplayName("contract 2: the log with everything asked for")
    void tellsTheWholeLog() throws IOException {
        JsonNode log = render(
                        options("\"log\": {\"activated_rails\": true, \"llm_calls\": true, \"internal_events\": true,"
                                + " \"colang_history\": true}"),
                        result(Message.assistant("x"), Map.of(), Map.of(), log()))
                .at("/guardrails/log");

        String call = """
            {"task": "self_check_input", "duration": 0.25, "total_tokens": 12, "prompt_tokens": 7,
             "completion_tokens": 5, "started_at": 1767323045.678901, "finished_at": 1767323045.928901, "id": "1",
             "request_id": "r", "prompt": "Safe?", "completion": "No", "raw_response": {"id": null},
             "llm_model_name": "judge", "llm_provider_name": "openai", "from_cache": true}\
            """;
        assertThat(log).isEqualTo(json("""
            {"activated_rails": [
              {"type": "input", "name": "self check input", "decisions": ["execute self_check_input", "stop"],
               "executed_actions": [
                 {"action_name": "self_check_input", "action_params": {"strict": true},
                  "return_value": {"decision": "block", "reason": "unsafe", "metadata": {}, "transforms": [],
                                   "failed": false},
                  "llm_calls": [%s], "started_at": 1767323045.678901, "finished_at": 1767323045.978901,
                  "duration": 0.3}],
               "stop": true, "additional_info": {"reason": "unsafe"}, "started_at": 1767323045.678901,
               "finished_at": 1767323046.178901, "duration": 0.5},
              {"type": "generation", "name": "generate user intent", "decisions": [], "executed_actions": [],
               "stop": false, "additional_info": null, "started_at": 1767323046.678901,
               "finished_at": 1767323046.678901, "duration": 0.0}],
             "stats": {"input_rails_duration": 0.5, "dialog_rails_duration": null, "generation_rails_duration": 0.0,
                       "output_rails_duration": null, "total_duration": 2.0, "llm_calls_duration": 0.25,
                       "llm_calls_count": 1, "llm_calls_total_prompt_tokens": 7,
                       "llm_calls_total_completion_tokens": 5, "llm_calls_total_tokens": 12},
             "llm_calls": [%s], "internal_events": [], "colang_history": ""}\
            """.formatted(call, call)));
    }

    @Test
    @DisplayName("contract 2: what was not asked for is empty or null, and all five keys are there")
    void tellsOnlyTheLogThatWasAskedFor() throws IOException {
        JsonNode log = render(
                        options("\"log\": {\"internal_events\": true}"),
                        result(Message.assistant("x"), Map.of(), Map.of(), log()))
                .at("/guardrails/log");

        assertThat(log).isEqualTo(json("""
            {"activated_rails": [],
             "stats": {"input_rails_duration": null, "dialog_rails_duration": null,
                       "generation_rails_duration": null, "output_rails_duration": null, "total_duration": null,
                       "llm_calls_duration": 0, "llm_calls_count": 0, "llm_calls_total_prompt_tokens": 0,
                       "llm_calls_total_completion_tokens": 0, "llm_calls_total_tokens": 0},
             "llm_calls": null, "internal_events": [], "colang_history": null}\
            """));
    }

    @Test
    void tellsTheCallsOfServersOnlyWhereThereAreSome() throws IOException {
        ExecutedAction asking = new ExecutedAction(
                "ask",
                Map.of(),
                null,
                List.of(),
                List.of(new EndpointCall("classifier", false, false, NOW, Duration.ofMillis(250))),
                NOW,
                Duration.ofMillis(300));
        JsonNode action = json(new String(Json.write(LogOutput.Action.of(asking, "r")), StandardCharsets.UTF_8));

        assertThat(action.get("endpoint_calls")).isEqualTo(json("""
            [{"name": "classifier", "answered": false, "started_at": 1767323045.678901,
              "finished_at": 1767323045.928901, "duration": 0.25}]\
            """));
    }

    @Test
    void writesTimesWithoutExponents() {
        String written = new String(
                Json.write(LogOutput.of(new ReplyOptions.LogParts(true, false, false, false), "r", log())),
                StandardCharsets.UTF_8);

        assertThat(written).contains("\"started_at\":1767323045.678901").doesNotContainPattern("\\dE\\d");
    }

    private static GenerationLog log() {
        ModelCall call = new ModelCall(
                "self_check_input",
                "1",
                "judge",
                "openai",
                List.of(Message.user("Safe?")),
                "No",
                nullable("id"),
                new TokenUsage(7, 5),
                true,
                NOW,
                Duration.ofMillis(250));
        Map<String, Object> returned = new LinkedHashMap<>();
        returned.put("decision", "block");
        returned.put("reason", "unsafe");
        returned.put("metadata", Map.of());
        returned.put("transforms", List.of());
        returned.put("failed", false);
        ExecutedAction action = new ExecutedAction(
                "self_check_input",
                Map.of("strict", true),
                returned,
                List.of(call),
                List.of(),
                NOW,
                Duration.ofMillis(300));
        ActivatedRail input = new ActivatedRail(
                "input",
                "self check input",
                Outcome.BLOCKED,
                List.of("execute self_check_input", "stop"),
                List.of(action),
                Map.of("reason", "unsafe"),
                NOW,
                Duration.ofMillis(500));
        ActivatedRail generation = new ActivatedRail(
                "generation",
                "generate user intent",
                Outcome.PASSED,
                List.of(),
                List.of(),
                Map.of(),
                NOW.plusSeconds(1),
                Duration.ZERO);
        return new GenerationLog(List.of(input, generation), Duration.ofSeconds(2));
    }

    private static Map<String, Object> nullable(String key) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, null);
        return map;
    }

    private static GenerationResult result(Message message) {
        return result(message, Map.of(), Map.of(), NOTHING);
    }

    private static GenerationResult result(
            Message message, Map<String, Object> context, Map<String, Object> raw, GenerationLog log) {
        return new GenerationResult(
                List.of(),
                message,
                Optional.empty(),
                "",
                "stop",
                Optional.empty(),
                new TokenUsage(7, 5),
                context,
                raw,
                log);
    }

    private static JsonNode data(String outputVars, GenerationResult result) throws IOException {
        return render(options("\"output_vars\": " + outputVars), result).at("/guardrails/output_data");
    }

    private static String options(String member) {
        return "{\"model\": \"m\", \"guardrails\": {\"options\": {" + member + "}}}";
    }

    private static JsonNode render(String request, GenerationResult result) throws IOException {
        ChatCompletionRequest read = ChatCompletionRequest.read(request.getBytes(StandardCharsets.UTF_8));
        return new ObjectMapper().readTree(Json.write(ChatCompletion.of(read, "c", "r", result, NOW)));
    }

    private static JsonNode without(JsonNode object, String... names) {
        return object.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy().remove(List.of(names));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
