package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiCompatibleModelTest {

    private final ModelFixture fixture = new ModelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void answersWithWhatTheEndpointSays() {
        fixture.upstream.answer("Hi there");

        ChatResponse response = fixture.ask();

        assertThat(response.text()).isEqualTo("Hi there");
        assertThat(response.model()).isEqualTo("scripted-model");
        assertThat(response.finishReason()).isEqualTo("stop");
        assertThat(response.usage()).isEqualTo(new TokenUsage(7, 5));
        assertThat(response.choices().get(0).reasoning()).isEmpty();
        assertThat(response.raw()).containsEntry("id", "chatcmpl-scripted");
    }

    @Test
    void givesTheRawAnswerUnmodifiable() {
        Map<String, Object> raw = fixture.ask().raw();

        assertThatThrownBy(() -> raw.put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) raw.get("choices")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) raw.get("usage")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void sendsPlainTextAsAStringAndPartsAsAList() throws Exception {
        ChatRequest request = new ChatRequest(
                List.of(
                        Message.system("Be nice. \ud83d\ude00 \"quoted\"\n"),
                        new Message(
                                Role.USER,
                                List.of(
                                        ContentPart.text("Look:"),
                                        new ContentPart("image_url", "", Map.of("image_url", Map.of("url", "data:x")))),
                                List.of(),
                                Map.of("name", "ann")),
                        new Message(
                                Role.ASSISTANT,
                                List.of(),
                                List.of(new ToolCall("c1", "look_up", "{\"q\":1}")),
                                Map.of()),
                        new Message(
                                Role.TOOL, List.of(ContentPart.text("42")), List.of(), Map.of("tool_call_id", "c1"))),
                Map.of());

        fixture.model().generate(request, TestDeadline.far());

        assertThat(sent().get("messages")).isEqualTo(new ObjectMapper().readTree("""
                [
                  {"role": "system", "content": "Be nice. 😀 \\"quoted\\"\\n"},
                  {"role": "user", "name": "ann", "content": [
                    {"type": "text", "text": "Look:"},
                    {"type": "image_url", "image_url": {"url": "data:x"}}]},
                  {"role": "assistant", "content": null, "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": "{\\"q\\":1}"}}]},
                  {"role": "tool", "content": "42", "tool_call_id": "c1"}
                ]
                """));
    }

    @Test
    void sendsTextThatIsNotValidUnicode() throws Exception {
        ChatRequest request = new ChatRequest(List.of(Message.user("lone \ud83d surrogate")), Map.of());

        fixture.model().generate(request, TestDeadline.far());

        assertThat(fixture.upstream.received().get(0).body()).contains("lone \\uD83D surrogate");
    }

    @Test
    void sendsConfiguredParametersBelowThoseOfTheRequest() throws Exception {
        TestSetup setup =
                fixture.setup().with("temperature", 0.2).with("top_p", 0.5).with("stream", true);

        fixture.connect(setup)
                .generate(
                        new ChatRequest(
                                List.of(Message.user("x")),
                                Map.of("temperature", 1, "tools", List.of(Map.of("type", "function")), "n", 2)),
                        TestDeadline.far());

        assertThat(sent().get("temperature").asInt()).isEqualTo(1);
        assertThat(sent().get("top_p").asDouble()).isEqualTo(0.5);
        assertThat(sent().at("/tools/0/type").asText()).isEqualTo("function");
        assertThat(sent().get("n").asInt()).isEqualTo(2);
        assertThat(sent().has("stream")).isFalse();
        assertThat(sent().has("base_url")).isFalse();
    }

    @Test
    void neverLetsAParameterReplaceModelOrMessages() throws Exception {
        fixture.model()
                .generate(
                        new ChatRequest(List.of(Message.user("x")), Map.of("model", "other", "messages", List.of())),
                        TestDeadline.far());

        assertThat(sent().get("model").asText()).isEqualTo("test-model");
        assertThat(sent().get("messages")).hasSize(1);
    }

    @Test
    void asksTheModelThatTheRequestNames() throws Exception {
        fixture.model()
                .generate(
                        new ChatRequest(Optional.of("their-model"), List.of(Message.user("x")), Map.of()),
                        TestDeadline.far());

        assertThat(sent().get("model").asText()).isEqualTo("their-model");
    }

    @Test
    void refusesToAskAModelWithoutAName() {
        assertThatThrownBy(() ->
                        fixture.connect(fixture.setup().model("")).generate(ModelFixture.HELLO, TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no model is named");
        assertThat(fixture.requests()).isZero();
    }

    @Test
    void saysWhoItIsAndAsksForNothingButJson() {
        fixture.ask();

        Map<String, String> headers = fixture.upstream.received().get(0).headers();
        assertThat(headers.get("user-agent")).startsWith("guardrails4j/");
        assertThat(headers)
                .containsEntry("content-type", "application/json")
                .containsEntry("accept", "application/json")
                .containsEntry("accept-encoding", "gzip")
                .doesNotContainKeys("authorization", "cookie", "upgrade");
    }

    @Test
    void keepsNoCookies() {
        fixture.upstream.respond(request -> Response.answer("x").header("Set-Cookie", "a=b; Path=/"));

        fixture.ask();
        fixture.ask();

        assertThat(fixture.upstream.received().get(1).headers()).doesNotContainKey("cookie");
    }

    private JsonNode sent() throws Exception {
        return new ObjectMapper().readTree(fixture.upstream.received().get(0).body());
    }
}
