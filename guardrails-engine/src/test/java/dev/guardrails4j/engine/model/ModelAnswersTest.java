package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints answer, good and bad. Reasoning: contract "config and rails" 2.10. */
class ModelAnswersTest {

    private static final String OK_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final ModelFixture fixture = new ModelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void separatesReasoningContent() {
        ChatResponse response = answered(Response.reasoned("Let me think.", "Four."));

        assertThat(response.text()).isEqualTo("Four.");
        assertThat(response.choices().get(0).reasoning()).isEqualTo("Let me think.");
        assertThat(response.choices().get(0).message().fields()).isEmpty();
    }

    @Test
    void separatesTheReasoningField() {
        ChatResponse response = answered(
                Response.json("{'choices':[{'message':{'content':'4','reasoning':'hm','reasoning_details':[{'x':1}]}}]}"
                        .replace('\'', '"')));

        assertThat(response.text()).isEqualTo("4");
        assertThat(response.choices().get(0).reasoning()).isEqualTo("hm");
        assertThat(response.choices().get(0).message().fields()).isEmpty();
    }

    @Test
    void separatesThinkTags() {
        ChatResponse response = answered(Response.answer("<think>\nhm\n</think>\n\nFour."));

        assertThat(response.text()).isEqualTo("Four.");
        assertThat(response.choices().get(0).reasoning()).isEqualTo("hm");
    }

    @Test
    void showsNothingOfReasoningThatDoesNotEnd() {
        ChatResponse response = answered(Response.answer("<think>the secret is"));

        assertThat(response.text()).isEmpty();
        assertThat(response.choices().get(0).reasoning()).isEqualTo("the secret is");
    }

    @Test
    void takesContentInPartsAndItsReasoningOutOfIt() {
        ChatResponse response = message("{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},"
                + "{'type':'text','text':'Four.'},{'type':'image_url','image_url':{'url':'data:x'}}]}");

        Message message = response.choices().get(0).message();
        assertThat(message.content())
                .containsExactly(
                        ContentPart.text("Four."),
                        new ContentPart("image_url", "", Map.of("image_url", Map.of("url", "data:x"))));
        assertThat(response.choices().get(0).reasoning()).isEqualTo("hm");
    }

    @Test
    void keepsWhatElseAMessageHas() {
        ChatResponse response = message("{'role':'assistant','content':null,'refusal':'I will not.','audio':null}");

        Message message = response.choices().get(0).message();
        assertThat(message.content()).isEmpty();
        assertThat(message.fields()).isEqualTo(Map.of("refusal", "I will not."));
    }

    @Test
    void readsToolCalls() {
        ChatResponse response = answered(Response.toolCalls(new ToolCall("c1", "look_up", "{\"q\": \"x\"}")));

        Message message = response.choices().get(0).message();
        assertThat(message.toolCalls()).containsExactly(new ToolCall("c1", "look_up", "{\"q\": \"x\"}"));
        assertThat(message.content()).isEmpty();
        assertThat(response.finishReason()).isEqualTo("tool_calls");
    }

    @Test
    void completesToolCallsThatLackAnIdOrHaveAnObjectForArguments() {
        ChatResponse response = message("{'content':null,'tool_calls':[{'function':{'name':'a','arguments':{'q':[1]}}},"
                + "{'id':'','function':{'name':'b'}}]}");

        assertThat(response.choices().get(0).message().toolCalls())
                .allSatisfy(call -> assertThat(call.id()).matches("call_[0-9a-f]{8}"))
                .extracting(ToolCall::arguments)
                .containsExactly("{\"q\":[1]}", "{}");
        assertThat(response.finishReason()).isEqualTo("tool_calls");
    }

    @Test
    void readsEveryChoice() {
        ChatResponse response = answered(
                Response.json(
                        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"length\"},{\"message\":{\"content\":\"b\"}}]}"));

        assertThat(response.choices()).hasSize(2);
        assertThat(response.finishReason()).isEqualTo("length");
        assertThat(response.model()).isEmpty();
        assertThat(response.usage()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void takesUsageThatMakesNoSenseForNone() {
        ChatResponse response = answered(
                Response.json(
                        "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":-3,\"completion_tokens\":\"x\"}}"));

        assertThat(response.usage()).isEqualTo(TokenUsage.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":{}}",
                "{\"choices\":[null]}",
                "{\"choices\":[{}]}",
                "{\"choices\":[{\"text\":\"x\"}]}",
                "{\"choices\":[{\"message\":\"x\"}]}",
                "{\"choices\":[{\"message\":{\"content\":7}}]}",
                "{\"choices\":[{\"message\":{\"content\":[7]}}]}",
                "{\"choices\":[{\"message\":{\"content\":[{}]}}]}",
                "{\"choices\":[{\"message\":{\"tool_calls\":[7]}}]}",
                "{\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":{}}]}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"half",
                "{\"choices\":[{\"message\":{\"content\":\"x\"}}]} and more",
                "data: {\"choices\":[]}",
            })
    void refusesWhatIsNotAnAnswer(String body) {
        fixture.upstream.respond(request -> Response.json(body));

        assertThatThrownBy(fixture::ask)
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the model answered what is not an answer")
                .hasNoCause();
        assertThat(fixture.requests()).isOne();
    }

    @Test
    void refusesAWebPageAndSaysSo() {
        fixture.upstream.respond(request -> Response.json("<html>").header("Content-Type", "text/html; charset=utf-8"));

        assertThatThrownBy(fixture::ask).hasMessageEndingWith("it is no JSON but text/html");
    }

    @Test
    void takesAnAnswerOfAnyOtherContentType() {
        assertThat(answered(Response.answer("ok").header("Content-Type", "text/plain"))
                        .text())
                .isEqualTo("ok");
    }

    @Test
    void refusesJsonThatIsTooDeep() {
        fixture.upstream.respond(request -> Response.json("{\"choices\":" + "[".repeat(100_000)));

        assertThatThrownBy(fixture::ask).hasMessageStartingWith("the model answered what is not an answer");
    }

    @Test
    void refusesAnAnswerOf20Mebibytes() {
        fixture.upstream.respond(request -> Response.answer("x".repeat(20 * 1024 * 1024)));

        assertThatThrownBy(fixture::ask).hasMessageEndingWith("it is longer than 16777216 bytes");
        fixture.upstream.answer("and goes on");
        assertThat(fixture.ask().text()).isEqualTo("and goes on");
    }

    @Test
    void readsACompressedAnswer() throws Exception {
        byte[] body = "{\"choices\":[{\"message\":{\"content\":\"packed\"}}]}".getBytes(StandardCharsets.UTF_8);
        try (RawUpstream server = ModelFixture.gzipped(OK_HEAD, body)) {
            assertThat(fixture.connect(fixture.setup().with("base_url", server.baseUrl()))
                            .generate(ModelFixture.HELLO, TestDeadline.far())
                            .text())
                    .isEqualTo("packed");
        }
    }

    @Test
    void measuresACompressedAnswerUncompressed() throws Exception {
        try (RawUpstream server = ModelFixture.gzipped(OK_HEAD, new byte[32 * 1024 * 1024])) {
            assertThatThrownBy(() -> fixture.connect(fixture.setup().with("base_url", server.baseUrl()))
                            .generate(ModelFixture.HELLO, TestDeadline.far()))
                    .hasMessageEndingWith("it is longer than 16777216 bytes");
        }
    }

    @Test
    void refusesHeadersWithoutEnd() {
        String head = OK_HEAD + "X-Filler: x\r\n".repeat(10_000) + "\r\n";
        try (RawUpstream server = RawUpstream.start(call -> call.send(head))) {
            assertThatThrownBy(() -> fixture.connect(fixture.setup().with("base_url", server.baseUrl()))
                            .generate(ModelFixture.HELLO, TestDeadline.far()))
                    .asInstanceOf(type(ModelException.class))
                    .satisfies(e -> assertThat(e.status()).isEmpty())
                    .hasToString("dev.guardrails4j.api.ModelException: the model answered what is not an answer:"
                            + " its response cannot be read as HTTP");
        }
    }

    private ChatResponse message(String message) {
        return answered(Response.json("{\"choices\":[{\"message\":" + message.replace('\'', '"') + "}]}"));
    }

    private ChatResponse answered(Response response) {
        fixture.upstream.respond(request -> response);
        return fixture.ask();
    }
}
