package dev.guardrails4j.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.GenerationRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("chat-server-contract 1.2: what a request says")
class ChatCompletionRequestTest {

    @Test
    void readsTheSmallestRequest() {
        ChatCompletionRequest request = read("""
                {"model": "m"}""");

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.conversation().messages()).isEmpty();
        assertThat(request.stream()).isFalse();
        assertThat(request.guardrails()).isEqualTo(GuardrailsInput.NONE);
    }

    @Test
    void takesAnEmptyModelForTheConfiguredOne() {
        assertThat(read("""
                {"model": ""}""").toGeneration().model()).isEmpty();
        assertThat(read("""
                {"model": "m"}""").toGeneration().model()).contains("m");
    }

    @Test
    void readsMessagesOfEveryRole() {
        List<Message> messages = read("""
                {"model": "m", "messages": [
                  {"role": "system", "content": "Be kind.", "name": "boss"},
                  {"role": "developer", "content": [{"type": "text", "text": "Be brief."}]},
                  {"role": "user", "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "data:x", "detail": "low"}},
                    {"type": "file", "file": {"file_id": "f"}}]},
                  {"role": "assistant", "content": null, "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
                  {"role": "tool", "content": "a cat", "tool_call_id": "c1"},
                  {"role": "assistant", "refusal": "I will not say."},
                  {"role": "function", "content": null, "name": "f"}
                ]}""").conversation().messages();

        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(
                        Role.SYSTEM,
                        Role.DEVELOPER,
                        Role.USER,
                        Role.ASSISTANT,
                        Role.TOOL,
                        Role.ASSISTANT,
                        Role.FUNCTION);
        assertThat(messages.get(0).fields()).containsExactly(entry("name", "boss"));
        assertThat(messages.get(1).text()).isEqualTo("Be brief.");
        assertThat(messages.get(2).text()).isEqualTo("What is this?");
        assertThat(messages.get(2).content().get(1).fields())
                .containsExactly(entry("image_url", Map.of("url", "data:x", "detail", "low")));
        assertThat(messages.get(3).content()).isEmpty();
        assertThat(messages.get(3).toolCalls()).containsExactly(new ToolCall("c1", "look", "{}"));
        assertThat(messages.get(4).fields()).containsExactly(entry("tool_call_id", "c1"));
        assertThat(messages.get(5).fields()).containsExactly(entry("refusal", "I will not say."));
    }

    @Test
    void takesBackTheReasoningItGaveAndDoesNotPassItOn() {
        List<Message> messages = read("""
                {"model": "m", "messages": [
                  {"role": "assistant", "content": "Hi!", "reasoning_content": "Let me think."}]}""").conversation().messages();

        assertThat(messages).containsExactly(Message.assistant("Hi!"));
    }

    @Test
    void turnsContextMessagesIntoVariablesThatBeatTheContextObject() {
        GenerationRequest request = read("""
                {"model": "m",
                 "messages": [{"role": "context", "content": {"a": 2, "b": [null]}}, {"role": "user", "content": "hi"}],
                 "guardrails": {"context": {"a": 1, "c": true}}}""").toGeneration();

        assertThat(request.messages()).containsExactly(Message.user("hi"));
        assertThat(request.context())
                .containsEntry("a", 2)
                .containsEntry("c", true)
                .containsKey("b");
    }

    @Test
    @DisplayName("DESIGN 5: every parameter is passed on, what is null counts as not given")
    void passesEveryParameterOn() {
        Map<String, Object> parameters = read("""
                {"model": "m", "messages": [], "stream": false, "stream_options": {"include_usage": true}, "n": 1,
                 "temperature": "0.5", "max_tokens": "7", "top_p": 1, "stop": ["a"], "logprobs": "yes",
                 "logit_bias": {"50": -100}, "user": "u", "seed": 42, "presence_penalty": null,
                 "response_format": {"type": "json_schema", "json_schema": {"default": null}},
                 "tools": [], "metadata": {"k": "v"}, "max_completion_tokens": 9, "my_own": [1, 2.5]}""").toGeneration().parameters();

        assertThat(parameters)
                .containsOnlyKeys(
                        "temperature",
                        "max_tokens",
                        "top_p",
                        "stop",
                        "logprobs",
                        "logit_bias",
                        "user",
                        "seed",
                        "response_format",
                        "metadata",
                        "max_completion_tokens",
                        "my_own")
                .containsEntry("temperature", 0.5)
                .containsEntry("max_tokens", 7L)
                .containsEntry("stop", List.of("a"))
                .containsEntry("logprobs", true)
                .containsEntry("my_own", List.of(1, 2.5));
        assertThat(parameters.get("response_format")).asString().contains("default=null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"max_tokens\": 0                   | {max_tokens=0}",
                "\"temperature\": -3.5               | {temperature=-3.5}",
                "\"top_p\": 99                       | {top_p=99}",
                "\"presence_penalty\": 1000          | {presence_penalty=1000}",
                "\"frequency_penalty\": \"-1e3\"     | {frequency_penalty=-1000.0}",
                "\"parallel_tool_calls\": false      | {parallel_tool_calls=false}",
                "\"parallel_tool_calls\": null       | {}",
                "\"stop\": \"END\"                   | {stop=END}",
                "\"stop\": \"\"                      | {}",
                "\"stop\": []                        | {}",
                "\"tools\": []                       | {}",
                "\"tool_choice\": \"none\"           | {tool_choice=none}",
                "\"logprobs\": \"no\"                | {logprobs=false}"
            })
    @DisplayName("chat-server-contract 1.2: no range is checked; what is empty counts as not given, zero does not")
    void takesParametersAsTheyAre(String member, String parameters) {
        assertThat(read("{\"model\": \"m\", " + member + "}").toGeneration().parameters())
                .hasToString(parameters);
    }

    @Test
    void prefersTheTopOfTheRequestToLlmParams() {
        Map<String, Object> parameters = read("""
                {"model": "m", "temperature": 1,
                 "guardrails": {"options": {"llm_params": {"temperature": 0, "top_k": 5, "seed": null}}}}""").toGeneration().parameters();

        assertThat(parameters).containsOnly(entry("temperature", 1), entry("top_k", 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"config_id\": \"a\"} | a",
                "{\"config_ids\": [\"a\", \"b\"]} | a,b",
                "{\"config_id\": null, \"config_ids\": [\"a\"]} | a",
                "{\"config_id\": \"\"} | ``",
                "{\"config_ids\": []} | ``",
                "{\"config_id\": null} | ``",
                "{} | ``"
            })
    void readsTheConfigurations(String guardrails, String ids) {
        GuardrailsInput read =
                read("{\"model\": \"m\", \"guardrails\": " + guardrails + "}").guardrails();

        assertThat(String.join(",", read.configIds())).isEqualTo(ids);
    }

    @Test
    void countsTheThreadIdInCharacters() {
        String id = "\uD83D\uDE00".repeat(16);

        assertThat(read("{\"model\": \"m\", \"guardrails\": {\"thread_id\": \"" + id + "\"}}")
                        .guardrails()
                        .threadId())
                .contains(id);
    }

    @Test
    @DisplayName("chat-server-contract 2: a list switches everything else off; unknown names in it are ignored")
    void readsRailsAsAList() {
        GenerationRequest request = read("""
                {"model": "m", "guardrails": {"options": {"rails": ["input", "tool_output", "whatever"]}}}""").toGeneration();

        assertThat(request.options().dialog()).isFalse();
        assertThat(request.options().rails())
                .containsEntry(Stage.INPUT, RailChoice.ALL)
                .containsEntry(Stage.OUTPUT, RailChoice.NONE)
                .containsEntry(Stage.RETRIEVAL, RailChoice.NONE);
    }

    @Test
    @DisplayName("chat-server-contract 2: an object chooses for each")
    void readsRailsAsAnObject() {
        GenerationRequest request = read("""
                {"model": "m", "guardrails": {"options": {"rails":
                  {"input": ["a", "b"], "output": "off", "tool_input": true, "dialog": 0, "unknown": 1}}}}""").toGeneration();

        assertThat(request.options().dialog()).isFalse();
        assertThat(request.options().rails())
                .containsOnly(
                        entry(Stage.INPUT, RailChoice.only(Set.of("a", "b"))),
                        entry(Stage.OUTPUT, RailChoice.NONE),
                        entry(Stage.TOOL_INPUT, RailChoice.ALL));
    }

    @Test
    void readsWhatIsWantedBesideTheAnswer() {
        ReplyOptions reply = read("""
                {"model": "m", "guardrails": {"options": {"llm_output": true, "output_vars": ["x"],
                  "log": {"activated_rails": true, "llm_calls": "on", "internal_events": false}}}}""").guardrails().reply();

        assertThat(reply.modelOutput()).isTrue();
        assertThat(reply.variables().names()).containsExactly("x");
        assertThat(reply.log()).isEqualTo(new ReplyOptions.LogParts(true, true, false, false));
        assertThat(read("""
                {"model": "m", "guardrails": {"options": {"output_vars": true}}}""").guardrails().reply().variables()).isEqualTo(ReplyOptions.OutputVariables.ALL);
    }

    @Test
    void acceptsAThreadIdOfProperLength() {
        Optional<String> id = read("""
                {"model": "m", "guardrails": {"thread_id": "0123456789abcdef"}}""").guardrails().threadId();

        assertThat(id).contains("0123456789abcdef");
    }

    private static ChatCompletionRequest read(String json) {
        return ChatCompletionRequest.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
