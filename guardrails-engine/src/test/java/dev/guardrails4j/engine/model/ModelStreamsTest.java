package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams bring, and how they are asked for. Contract "chat server" 3.1, "config and rails" 2.10. */
@Timeout(60)
class ModelStreamsTest {

    private final ModelFixture fixture = new ModelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void bringsChunksAsTheyComeAndHowItEndedInTheLast() {
        ReadAnswer answer = fixture.streamed(Response.stream("Hel", "lo", " you"));

        assertThat(answer.texts()).containsExactly("Hel", "lo", " you", "");
        assertThat(answer.chunks()).extracting(ChatChunk::finishReason).containsExactly("", "", "", "stop");
        assertThat(answer.chunks()).extracting(ChatChunk::model).containsOnly("scripted-model");
        assertThat(answer.usage()).contains(new TokenUsage(7, 5));
    }

    @Test
    void bringsAChunkBeforeTheNextIsWritten() {
        CountDownLatch firstSeen = new CountDownLatch(1);
        fixture.upstream.respond(request -> Response.stream("first", "second").heldAfter(2, firstSeen));

        try (ChatStream stream = fixture.stream()) {
            assertThat(stream.next()).map(ChatChunk::text).contains("first");
            firstSeen.countDown();
            assertThat(stream.next()).map(ChatChunk::text).contains("second");
        }
    }

    @Test
    void bringsWhatTheModelSaysInsteadOfAnAnswer() {
        ReadAnswer answer = fixture.streamed(
                "{'choices':[{'index':0,'delta':{'role':'assistant','refusal':'I '}}]}",
                "{'choices':[{'index':0,'delta':{'refusal':'won\\u2019t \\ud83d'}}]}",
                "{'choices':[{'index':0,'delta':{'refusal':'\\ude00'},'finish_reason':'stop'}]}");

        assertThat(answer.chunks())
                .extracting(ChatChunk::refusal)
                .containsExactly("I ", "won\u2019t ", "\ud83d\ude00", "");
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void asksForAStreamWithItsTokensAndForNothingCompressed() throws IOException {
        fixture.streamed(Response.stream("x"));

        JsonNode body = body(0);
        assertThat(body.get("stream").asBoolean()).isTrue();
        assertThat(body.get("stream_options").toString()).isEqualTo("{\"include_usage\":true}");
        assertThat(fixture.upstream.received().get(0).headers())
                .containsEntry("accept", "text/event-stream, application/json")
                .containsEntry("accept-encoding", "identity");
    }

    @Test
    void keepsTheOptionsOfTheRequestButNotItsStream() throws IOException {
        ChatRequest request = new ChatRequest(
                ModelFixture.HELLO.messages(),
                Map.of(
                        "stream",
                        false,
                        "stream_options",
                        Map.of("include_obfuscation", false, "include_usage", false)));

        ReadAnswer.of(fixture.model().stream(request, TestDeadline.far()));

        assertThat(body(0).get("stream").asBoolean()).isTrue();
        assertThat(body(0).get("stream_options"))
                .isEqualTo(WireJson.MAPPER.readTree("{\"include_obfuscation\":false,\"include_usage\":true}"));
    }

    @Test
    void bringsReasoningContentAndTheReasoningField() {
        assertThat(fixture.streamed(Response.streamReasoned("Let me think.", "Four it is.")))
                .satisfies(answer -> assertThat(answer.reasoning()).isEqualTo("Let me think."))
                .satisfies(answer -> assertThat(answer.text()).isEqualTo("Four it is."));
        assertThat(fixture.streamed("{'choices':[{'delta':{'reasoning_content':'','reasoning':'hm','content':''}}]}")
                        .reasoning())
                .isEqualTo("hm");
    }

    @Test
    void separatesThinkTagsThatAreCutAnywhere() {
        ReadAnswer answer = fixture.streamed(Response.stream("\n<th", "ink> hm", " hm </thi", "nk>\n", "\nFour", ". "));

        assertThat(answer.reasoning()).isEqualTo("hm hm");
        assertThat(answer.texts()).containsExactly("", "", "Four", ". ", "");
    }

    @Test
    void showsNothingOfReasoningThatDoesNotEnd() {
        ReadAnswer answer = fixture.streamed(Response.stream("<think>the secret", " is </thi"));

        assertThat(answer.text()).isEmpty();
        assertThat(answer.reasoning()).isEqualTo("the secret is </thi");
    }

    @Test
    void takesContentInPartsAndItsReasoningOutOfIt() {
        ReadAnswer answer = fixture.streamed(
                "{'choices':[{'delta':{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]}]}}]}",
                "{'choices':[{'delta':{'content':[{'type':'text','text':'Fo'},{'type':'text','text':'ur'},{'type':'x'}]}}]}");

        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.text()).isEqualTo("Four");
    }

    @Test
    void putsHalvesOfACharacterTogether() {
        ReadAnswer answer = fixture.streamed(
                "{'choices':[{'delta':{'content':'a\\ud83d','reasoning_content':'\\ud83d'}}]}",
                "{'choices':[{'delta':{'content':'\\ude00b','reasoning_content':'\\ude00'}}]}",
                "{'choices':[{'delta':{'content':'\\ud83d'}}]}");

        assertThat(answer.texts()).containsExactly("a", "\ud83d\ude00b", "\ufffd");
        assertThat(answer.reasoning()).isEqualTo("\ud83d\ude00");
    }

    @Test
    void readsTheFirstChoiceOnly() {
        ReadAnswer answer = fixture.streamed(
                "{'choices':[{'index':1,'delta':{'content':'no'}},{'index':0,'delta':{'content':'yes'}}]}",
                "{'choices':[{'index':1,'delta':{'content':'no'},'finish_reason':'length'}]}",
                "{'choices':[{'delta':{'content':'!'}},{'delta':{'content':'no'}}]}",
                "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");

        assertThat(answer.text()).isEqualTo("yes!");
        assertThat(answer.finishReason()).isEqualTo("stop");
    }

    @Test
    void passesOverWhatOtherEndpointsAdd() {
        ReadAnswer answer = fixture.streamed(
                "{'choices':[],'prompt_filter_results':[{}],'model':''}",
                "{'choices':[{'index':0,'delta':{'role':'assistant','content':null,'tool_calls':null},'logprobs':null}],"
                        + "'error':null,'usage':null}",
                "{'choices':[{'index':0,'content_filter_offsets':{},'finish_reason':null}]}",
                "{'choices':[{'delta':{'content':'ok'}}],'usage':{'prompt_tokens':1,'completion_tokens':1}}",
                "{'choices':[{'delta':{'content':''},'finish_reason':'length'}],'model':'m'}",
                "{'usage':{'prompt_tokens':2,'completion_tokens':3}}");

        assertThat(answer.texts()).containsExactly("ok", "");
        assertThat(answer.finishReason()).isEqualTo("length");
        assertThat(answer.usage()).contains(new TokenUsage(2, 3));
    }

    @Test
    void isCompleteWithTheEndMarkAloneOrAFinishReasonAlone() {
        ReadAnswer marked = fixture.streamed("{'choices':[{'delta':{'content':'a'}}]}");
        ReadAnswer finished = fixture.streamed(
                Response.sse("data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"length\"}]}\n\n"));

        assertThat(marked.text() + marked.finishReason()).isEqualTo("astop");
        assertThat(finished.text() + finished.finishReason()).isEqualTo("blength");
        assertThat(finished.usage()).isEmpty();
    }

    @Test
    void isCompleteWhenTheConnectionBreaksAfterTheFinishReason() {
        ReadAnswer answer = fixture.streamed(Response.stream("all").brokenOffAfter(3));

        assertThat(answer.text() + answer.finishReason()).isEqualTo("allstop");
        assertThat(answer.usage()).isEmpty();
    }

    @Test
    void doesNotWaitLongForWhatMayFollowTheFinishReason() {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(fixture.streamed(Response.stream("all").heldAfter(3, never)).finishReason())
                .isEqualTo("stop");
        assertThat(fixture.streamed(Response.stream("all").heldAfter(5, never)).usage())
                .isPresent();
    }

    @Test
    void takesTheWholeAnswerOfAnEndpointThatDoesNotStream() {
        ReadAnswer answer = fixture.streamed(
                Response.json("\n " + Response.reasoned("hm", "Four.").body()));

        assertThat(answer.chunks()).hasSize(1);
        assertThat(answer.text()).isEqualTo("Four.");
        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.usage()).contains(new TokenUsage(7, 5));
    }

    @Test
    void takesEventsOfAnyContentTypeCommentsFirst() {
        String events = ": PROCESSING\n\n\n" + ModelFixture.events("{'choices':[{'delta':{'content':'ok'}}]}");

        assertThat(fixture.streamed(Response.json(events)).text()).isEqualTo("ok");
    }

    @Test
    void readsEventsThatAreCompressedAllTheSame() throws IOException {
        byte[] events = ModelFixture.events("{'choices':[{'delta':{'content':'packed'}}]}")
                .getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
        try (RawUpstream server = ModelFixture.gzipped(head, events)) {
            ChatModel model = fixture.connect(fixture.setup().with("base_url", server.baseUrl()));

            assertThat(ReadAnswer.of(model.stream(ModelFixture.HELLO, TestDeadline.far()))
                            .text())
                    .isEqualTo("packed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void asksWithoutOptionsWhenTheyAreRefusedAndRemembersThat(int status) throws IOException {
        fixture.upstream.respond(request -> request.body().contains("stream_options")
                ? Response.error(status, "Unrecognized request argument supplied: stream_options", "x")
                : Response.stream("ok"));
        ChatModel model = fixture.model();

        for (int i = 0; i < 2; i++) {
            assertThat(ReadAnswer.of(model.stream(ModelFixture.HELLO, TestDeadline.far()))
                            .text())
                    .isEqualTo("ok");
        }

        assertThat(fixture.requests()).isEqualTo(3);
        assertThat(body(1).get("stream").asBoolean()).isTrue();
        assertThat(body(2).has("stream_options")).isFalse();
    }

    @Test
    void doesNotTakeAnotherRefusalThatQuotesTheRequestForOneOfItsOptions() throws IOException {
        ChatModel model = fixture.model();
        fixture.upstream.respond(request -> Response.error(400, "bad: stream_options", "x"));
        assertThatThrownBy(() -> model.stream(ModelFixture.HELLO, TestDeadline.far()))
                .hasMessage("bad: stream_options");
        fixture.upstream.answer("ok");

        assertThat(ReadAnswer.of(model.stream(ModelFixture.HELLO, TestDeadline.far()))
                        .usage())
                .isPresent();
        assertThat(body(2).has("stream_options")).isTrue();
    }

    @Test
    void givesTheConnectionOfAStreamThatWasReadBack() {
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.streamed(Response.stream("a", "b")).text()).isEqualTo("ab");
            assertThat(fixture.streamed(Response.json(Response.answer("whole").body()))
                            .text())
                    .isEqualTo("whole");
        }
        fixture.upstream.answer("generated");
        fixture.ask();

        assertThat(fixture.upstream.connections()).isOne();
    }

    @Test
    void streamsFromADemoModelWordByWord() {
        ReadAnswer answer = ReadAnswer.of(new DemoProvider()
                .connect(TestSetup.of("demo", Map.of())).stream(ModelFixture.HELLO, TestDeadline.far()));

        assertThat(answer.texts())
                .startsWith("This ", "is ", "the ")
                .endsWith("said: ", "Hello", "")
                .hasSize(13);
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.usage()).contains(new TokenUsage(1, 12));
    }

    private JsonNode body(int request) throws IOException {
        List<String> bodies = fixture.upstream.received().stream()
                .map(received -> received.body())
                .toList();
        return WireJson.MAPPER.readTree(bodies.get(request));
    }
}
