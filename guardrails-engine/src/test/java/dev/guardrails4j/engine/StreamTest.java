package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.GatedRail.Gate;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.ScriptedChunks.Script;
import dev.guardrails4j.engine.StreamEvent.Reasoning;
import dev.guardrails4j.engine.StreamEvent.Text;
import dev.guardrails4j.engine.StreamEvent.ToolCalls;
import dev.guardrails4j.engine.StreamEvent.Violation;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.trace.ActivatedRail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "config and rails" 3. */
class StreamTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";

    @TempDir
    private Path folder;

    private final Script script = Script.create().texts("Hello ", "to ", "you.");

    @Test
    void showsChunksAsTheyComeWhereNothingChecksThem() throws IOException {
        try (Guardrails guardrails = guardrails("");
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(stream.next()).contains(new Text("Hello "));
            assertThat(script.read()).isEqualTo(1);
            assertThat(Streams.events(stream)).containsExactly(new Text("to "), new Text("you."));

            GenerationResult result = stream.result();
            assertThat(result.text()).isEqualTo("Hello to you.");
            assertThat(result.finishReason()).isEqualTo("stop");
            assertThat(result.usage().totalTokens()).isEqualTo(12);
            assertThat(result.log().modelCalls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.completion()).isEqualTo("Hello to you."));
        }
    }

    @Test
    void givesNothingMoreAfterTheEnd() throws IOException {
        try (Guardrails guardrails = guardrails("");
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThatThrownBy(stream::result).isInstanceOf(IllegalStateException.class);
            Streams.events(stream);

            assertThat(stream.next()).isEmpty();
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void refusesAsContentWhenAnInputRailBlocks() throws IOException {
        try (Guardrails guardrails = guardrails(words("input", ""));
                GenerationStream stream = stream(guardrails, "The word is swordfish.")) {
            assertThat(Streams.events(stream))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            StreamEvent.Refusal.class,
                            refusal -> assertThat(refusal.text()).isEqualTo(REFUSAL));
            assertThat(stream.result().finishReason()).isEqualTo("content_filter");
            assertThat(stream.result().block())
                    .hasValueSatisfying(block -> assertThat(block.stage()).isEqualTo(Stage.INPUT));
            assertThat(script.opened()).isZero();
        }
    }

    @Test
    void refusesToStreamThroughOutputRailsThatAreNotMadeForIt() throws IOException {
        try (Guardrails guardrails = guardrails(words("output", ""));
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThatThrownBy(stream::next).isInstanceOf(StreamingNotEnabledException.class);
            assertThat(script.opened()).isZero();
        }
    }

    @Test
    void streamsWhenTheRequestWantsNoOutputRails() throws IOException {
        GenerationOptions none = new GenerationOptions(Map.of(Stage.OUTPUT, RailChoice.NONE), true);
        try (Guardrails guardrails = guardrails(words("output", ""));
                GenerationStream stream = guardrails.stream(request("Hello!", none))) {
            assertThat(Streams.shown(Streams.events(stream))).isEqualTo("Hello to you.");
        }
    }

    @Test
    void showsABatchWhenItWasChecked() throws Exception {
        Gate gate = Gate.create();
        try (Guardrails guardrails = guardrails("""
                        rails:
                          output:
                            flows: [gated $gate=%s]
                            streaming: {enabled: true, chunk_size: 2, context_size: 0}
                        """.formatted(gate.id()));
                GenerationStream stream = stream(guardrails, "Hello!")) {
            CompletableFuture<Optional<StreamEvent>> first =
                    CompletableFuture.supplyAsync(stream::next, work -> new Thread(work).start());
            gate.awaitEntered();

            assertThat(first).isNotDone();
            assertThat(script.read()).isEqualTo(2);
            gate.decide(Verdict.allow());

            assertThat(first.get(30, TimeUnit.SECONDS)).contains(new Text("Hello to "));
            assertThat(Streams.events(stream)).containsExactly(new Text("you."));
            assertThat(gate.checks()).isEqualTo(2);
        }
    }

    @Test
    void endsWithTheViolationWhenABatchIsBlocked() throws IOException {
        script.texts("This is ", "fine. ", "The word ", "is swordfish. ", "Never ", "shown.");
        try (Guardrails guardrails = guardrails(words("output", "enabled: true, chunk_size: 2, context_size: 1"));
                GenerationStream stream = stream(guardrails, "Tell me!")) {
            List<StreamEvent> events = Streams.events(stream);

            assertThat(Streams.shown(events)).isEqualTo("This is fine. The word ");
            assertThat(events.get(events.size() - 1))
                    .isInstanceOfSatisfying(
                            Violation.class,
                            violation -> assertThat(violation.block().flow()).isEqualTo("check words"));
            assertThat(stream.result().finishReason()).isEqualTo("content_filter");
            assertThat(stream.result().text()).isEqualTo("This is fine. The word ");
            assertThat(stream.result().context().toString()).doesNotContain("swordfish");
            assertThat(script.read()).isEqualTo(4);
        }
    }

    @Test
    void showsFirstAndChecksAfterIfToldSo() throws IOException {
        script.texts("The word ", "is swordfish. ", "Never ", "shown.");
        try (Guardrails guardrails = guardrails(
                        words("output", "enabled: true, chunk_size: 2, context_size: 1, stream_first: true"));
                GenerationStream stream = stream(guardrails, "Tell me!")) {
            assertThat(stream.next()).contains(new Text("The word "));
            assertThat(script.read()).as("nothing is waited for").isEqualTo(1);
            assertThat(stream.next()).contains(new Text("is swordfish. "));
            assertThat(Streams.events(stream)).singleElement().isInstanceOf(Violation.class);
            assertThat(stream.result().finishReason()).isEqualTo("content_filter");
            assertThat(stream.result().text()).isEqualTo("The word is swordfish. ");
        }
    }

    @Test
    void checksTheLastBatchWhenItShowsFirst() throws IOException {
        script.texts("The word ", "is swordfish.");
        try (Guardrails guardrails = guardrails(
                        words("output", "enabled: true, chunk_size: 9, context_size: 1, stream_first: true"));
                GenerationStream stream = stream(guardrails, "Tell me!")) {
            assertThat(Streams.events(stream)).last().isInstanceOf(Violation.class);
        }
    }

    @Test
    void failsClosedWhenARailThrowsInTheMiddle() throws IOException {
        try (Guardrails guardrails = guardrails("""
                        rails:
                          output:
                            parallel: true
                            flows: [throw, act]
                            streaming: {enabled: true, chunk_size: 1, context_size: 0}
                        """);
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(Streams.events(stream))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Violation.class,
                            violation -> assertThat(violation.block().failure()).isTrue());
        }
    }

    @Test
    void showsWhatARailHasMadeOfABatch() throws IOException {
        script.texts("The word ", "is sword", "fish. ", "The end.");
        try (Guardrails guardrails = guardrails("""
                        rails:
                          output:
                            flows: [replace $from=swordfish $to=***]
                            streaming: {enabled: true, chunk_size: 2, context_size: 0}
                        """);
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(Streams.shown(Streams.events(stream))).isEqualTo("The word is ***. The end.");
            assertThat(stream.result().text()).isEqualTo("The word is ***. The end.");
        }
    }

    /** The last chunks wait: a rail may yet change them together with what follows. */
    @Test
    void showsWhatARailHasMadeOfWhatStandsAcrossBatches() throws IOException {
        script.texts("The card ", "is 4111 ", "1111 ", "1111 ", "1111. ", "The ", "end.");
        try (Guardrails guardrails = guardrails("""
                        rails:
                          output:
                            flows: [replace $from="4111 1111 1111 1111" $to=***]
                            streaming: {enabled: true, chunk_size: 4, context_size: 3}
                        """);
                GenerationStream stream = stream(guardrails, "Hello!")) {
            List<StreamEvent> events = Streams.events(stream);

            assertThat(Streams.shown(events)).isEqualTo("The card is ***. The end.");
            assertThat(events.get(0)).isEqualTo(new Text("The card "));
            assertThat(stream.result().text()).isEqualTo("The card is ***. The end.");
        }
    }

    /** Contract "config and rails" 1.6. */
    @Test
    void refusesAConfigurationWhoseRewritesCannotBeApplied() {
        assertThatThrownBy(() -> guardrails("""
                        rails:
                          output:
                            flows: [check words, "replace $from=a $to=b"]
                            streaming: {enabled: true, context_size: 0, stream_first: true}
                        """))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("Output rails [replace] rewrite the response, which streaming cannot apply")
                .hasMessageContaining("set rails.output.streaming.stream_first to False");
    }

    @Test
    void takesRewritingRailsThatAreNotStreamedThrough() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  output:
                    flows: ["replace $from=Hello $to=Welcome"]
                    streaming: {enabled: false, stream_first: true}
                """)) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo("Welcome to you.");
        }
    }

    @Test
    void showsReasoningOnlyWhereNoRailCouldTakeTheAnswerBack() throws IOException {
        script.chunks(List.of(
                new ChatChunk("", "", "I think so.", List.of(), "", Optional.empty()), ScriptedChunks.text("Yes.")));
        try (Guardrails open = guardrails("");
                GenerationStream stream = stream(open, "Hello!")) {
            assertThat(Streams.events(stream)).containsExactly(new Reasoning("I think so."), new Text("Yes."));
        }
        try (Guardrails checked = guardrails(words("output", "enabled: true"));
                GenerationStream stream = stream(checked, "Hello!")) {
            assertThat(Streams.events(stream)).containsExactly(new Text("Yes."));
        }
    }

    @Test
    void passesOnCallsOfTools() throws IOException {
        ToolCallDelta begin = new ToolCallDelta(0, "call_1", "weather", "{\"city\":");
        ToolCallDelta end = new ToolCallDelta(0, "", "", "\"Bonn\"}");
        script.chunks(List.of(
                new ChatChunk("", "", "", List.of(begin), "", Optional.empty()),
                new ChatChunk("", "", "", List.of(end), "tool_calls", Optional.empty())));
        try (Guardrails guardrails = guardrails("");
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(Streams.events(stream))
                    .containsExactly(new ToolCalls(List.of(begin)), new ToolCalls(List.of(end)));
            assertThat(stream.result().finishReason()).isEqualTo("tool_calls");
            assertThat(stream.result().message().toolCalls()).singleElement().satisfies(call -> {
                assertThat(call.id()).isEqualTo("call_1");
                assertThat(call.arguments()).isEqualTo("{\"city\":\"Bonn\"}");
            });
        }
    }

    @Test
    void showsTextBeforeTheCallsThatCameAfterIt() throws IOException {
        ToolCallDelta call = new ToolCallDelta(0, "call_1", "weather", "{}");
        script.chunks(List.of(
                ScriptedChunks.text("Let me "),
                ScriptedChunks.text("look."),
                new ChatChunk("", "", "", List.of(call), "tool_calls", Optional.empty())));
        try (Guardrails guardrails = guardrails(words("output", "enabled: true"));
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(Streams.events(stream)).containsExactly(new Text("Let me look."), new ToolCalls(List.of(call)));
            assertThat(stream.result().message().toolCalls()).hasSize(1);
        }
    }

    @Test
    void showsTheTextOfAChunkBeforeItsCalls() throws IOException {
        ToolCallDelta call = new ToolCallDelta(0, "call_1", "weather", "{}");
        script.chunks(List.of(new ChatChunk("", "Look.", "", List.of(call), "tool_calls", Optional.empty())));
        try (Guardrails guardrails = guardrails("");
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(Streams.events(stream)).containsExactly(new Text("Look."), new ToolCalls(List.of(call)));
        }
    }

    @Test
    void showsNoCallAfterATextThatIsBlocked() throws IOException {
        ToolCallDelta call = new ToolCallDelta(0, "call_1", "weather", "{}");
        script.chunks(List.of(
                ScriptedChunks.text("The word is swordfish."),
                new ChatChunk("", "", "", List.of(call), "tool_calls", Optional.empty())));
        try (Guardrails guardrails = guardrails(words("output", "enabled: true"));
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(Streams.events(stream)).singleElement().isInstanceOf(Violation.class);
            assertThat(stream.result().message().toolCalls()).isEmpty();
        }
    }

    @Test
    void leavesUnreadWhatNobodyAsksFor() throws IOException {
        script.texts(Collections.nCopies(1_000, "word "));
        try (Guardrails guardrails = guardrails(words("output", "enabled: true, chunk_size: 10, context_size: 0"));
                GenerationStream stream = stream(guardrails, "Hello!")) {
            stream.next();
            stream.next();

            assertThat(script.read()).isEqualTo(20);
        }
    }

    @Test
    void stopsTheModelWhenItIsClosed() throws IOException {
        try (Guardrails guardrails = guardrails("")) {
            GenerationStream stream = stream(guardrails, "Hello!");
            stream.next();
            stream.close();

            assertThat(script.closed()).isPositive();
        }
    }

    @Test
    void stopsAModelThatHasNotAnsweredYetWhenItIsClosedByAnotherThread() throws Exception {
        script.heldUntil(new CountDownLatch(1));
        try (Guardrails guardrails = guardrails("")) {
            GenerationStream stream = stream(guardrails, "Hello!");
            CompletableFuture<Optional<StreamEvent>> first =
                    CompletableFuture.supplyAsync(stream::next, work -> new Thread(work).start());
            await().atMost(Duration.ofSeconds(30)).until(() -> script.opened() == 1);
            stream.close();

            assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).isNotNull();
            await().atMost(Duration.ofSeconds(30)).until(() -> script.aborted() == 1);
        }
    }

    @Test
    void stopsTheRailsWhenItIsClosed() throws Exception {
        Gate gate = Gate.create();
        try (Guardrails guardrails = guardrails("rails: {input: {flows: [gated $gate=%s]}}".formatted(gate.id()))) {
            GenerationStream stream = stream(guardrails, "Hello!");
            CompletableFuture<Optional<StreamEvent>> first =
                    CompletableFuture.supplyAsync(stream::next, work -> new Thread(work).start());
            gate.awaitEntered();
            stream.close();

            gate.awaitInterrupted();
            assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RequestCancelledException.class);
            assertThat(script.opened()).isZero();
        }
    }

    @Test
    void tellsThatTheModelFailedInTheMiddleAndShowsNothingUnchecked() throws IOException {
        script.texts("The word ", "is swordfish.")
                .failing(ModelException.withMessage("The answer broke off").build());
        try (Guardrails guardrails = guardrails(words("output", "enabled: true, chunk_size: 1, context_size: 1"));
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThat(stream.next()).contains(new Text("The word "));
            script.chunks(List.of(ScriptedChunks.text("The word ")));

            assertThatThrownBy(stream::next).isInstanceOf(ModelException.class).hasMessage("The answer broke off");
            assertThatThrownBy(stream::result).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void failsBeforeTheFirstEventWhenTheModelCannotBeOpened() throws IOException {
        script.chunks(List.of())
                .failing(ModelException.withMessage("down").status(503).build());
        try (Guardrails guardrails = guardrails("");
                GenerationStream stream = stream(guardrails, "Hello!")) {
            assertThatThrownBy(stream::next).isInstanceOf(ModelException.class);
        }
    }

    @Test
    void onlyChecksWhenDialogIsOff() throws IOException {
        GenerationOptions checkOnly = new GenerationOptions(Map.of(), false);
        try (Guardrails guardrails = guardrails("rails: {input: {flows: [replace $from=cat $to=dog]}}");
                GenerationStream stream = guardrails.stream(request("A cat.", checkOnly))) {
            assertThat(Streams.events(stream)).containsExactly(new Text("A dog."));
            assertThat(script.opened()).isZero();
        }
    }

    @Test
    void recordsEveryCheckOfABatch() throws IOException {
        try (Guardrails guardrails = guardrails(words("output", "enabled: true, chunk_size: 2, context_size: 0"));
                GenerationStream stream = stream(guardrails, "Hello!")) {
            Streams.events(stream);

            assertThat(stream.result().log().activatedRails())
                    .extracting(ActivatedRail::name)
                    .containsExactly("check words", "check words", "generate user intent");
        }
    }

    private static String words(String stage, String streaming) {
        return """
                rails:
                  %s:
                    flows: [check words]
                %s
                  config:
                    words: {forbidden: [swordfish]}
                """.formatted(stage, streaming.isEmpty() ? "" : "    streaming: {" + streaming + "}");
    }

    private static GenerationStream stream(Guardrails guardrails, String text) {
        return guardrails.stream(request(text, GenerationOptions.ALL));
    }

    private static GenerationRequest request(String text, GenerationOptions options) {
        return new GenerationRequest(
                List.of(Message.user(text)), Optional.empty(), Map.of(), Map.of(), options, Optional.empty());
    }

    private Guardrails guardrails(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yml"), script.models() + yaml);
        return Guardrails.fromPath(folder);
    }
}
