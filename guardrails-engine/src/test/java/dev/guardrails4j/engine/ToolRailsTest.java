package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of tools and their results on their way through the rails: DESIGN 4. */
class ToolRailsTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";
    private static final String INTERNAL_ERROR = "I'm sorry, an internal error has occurred.";
    private static final String WORDS = """
              config:
                words: {forbidden: [swordfish]}
            """;

    private static final ToolCall CLEAN = new ToolCall("c1", "weather", "{\"city\":\"Paris\"}");
    private static final ToolCall FORBIDDEN = new ToolCall("c2", "weather", "{\"city\":\"swordfish\"}");

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("It is sunny.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void passesOnCallsThatTheRailsAllow() throws IOException {
        upstream.respond(request -> Response.toolCalls(CLEAN));
        try (Guardrails guardrails = guardrails("  tool_output: {flows: [check words]}")) {
            GenerationResult result = guardrails.generate(asked());

            assertThat(result.message().toolCalls()).containsExactly(CLEAN);
            assertThat(result.finishReason()).isEqualTo("tool_calls");
            assertThat(result.modelOutput()).isNotEmpty();
            assertThat(types(result)).containsExactly("generation", "tool_output");
        }
    }

    @Test
    void refusesWithoutAnyCallWhenARailBlocksOneOfThem() throws IOException {
        upstream.respond(request -> Response.toolCalls(CLEAN, FORBIDDEN));
        try (Guardrails guardrails = guardrails("  tool_call: {flows: [check words]}")) {
            GenerationResult result = guardrails.generate(asked());

            assertThat(result.text()).isEqualTo(REFUSAL);
            assertThat(result.message().toolCalls()).isEmpty();
            assertThat(result.finishReason()).isEqualTo("content_filter");
            assertThat(result.modelOutput()).isEmpty();
            assertThat(result.block())
                    .hasValueSatisfying(block -> assertThat(block.stage()).isEqualTo(Stage.TOOL_OUTPUT));
            assertThat(result.context()).containsEntry("triggered_tool_output_rail", "check words");
            assertThat(result.context().toString()).doesNotContain("swordfish}");
        }
    }

    @Test
    void checksCallsBeforeTheAnswerThatComesWithThem() throws IOException {
        upstream.respond(request -> Response.json(
                Response.toolCalls(CLEAN).body().replace("\"content\":null", "\"content\":\"Let me look.\"")));
        try (Guardrails guardrails = guardrails("""
                  tool_output: {flows: [check words]}
                  output: {flows: [check words]}
                """)) {
            GenerationResult result = guardrails.generate(asked());

            assertThat(result.text()).isEqualTo("Let me look.");
            assertThat(types(result)).containsExactly("generation", "tool_output", "output");
        }
    }

    @Test
    void skipsOutputRailsForAnAnswerOfCallsOnly() throws IOException {
        upstream.respond(request -> Response.toolCalls(FORBIDDEN));
        try (Guardrails guardrails = guardrails("  output: {flows: [check words]}")) {
            assertThat(guardrails.generate(asked()).message().toolCalls()).containsExactly(FORBIDDEN);
        }
    }

    @Test
    void rewritesTheArgumentsOfACall() throws IOException {
        upstream.respond(request -> Response.toolCalls(FORBIDDEN, CLEAN));
        try (Guardrails guardrails = guardrails("""
                  tool_output:
                    parallel: true
                    flows: [check words, replace $from=swordfish $to=cod]
                """)) {
            GenerationResult result = guardrails.generate(asked());

            assertThat(result.message().toolCalls())
                    .containsExactly(new ToolCall("c2", "weather", "{\"city\":\"cod\"}"), CLEAN);
            assertThat(result.modelOutput()).isEmpty();
            assertThat(result.finishReason()).isEqualTo("tool_calls");
        }
    }

    @Test
    void failsClosedForCallsAndResults() throws IOException {
        upstream.respond(request -> Response.toolCalls(CLEAN));
        try (Guardrails guardrails = guardrails("""
                  tool_output: {flows: [throw]}
                  tool_input: {flows: [{flow: throw, on_error: allow}]}
                """)) {
            GenerationResult result = guardrails.generate(returned("It rains."));

            assertThat(result.text()).isEqualTo(INTERNAL_ERROR);
            assertThat(result.message().toolCalls()).isEmpty();
            assertThat(result.log().activatedRails())
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.BYPASSED, Outcome.PASSED, Outcome.FAILED);
        }
    }

    @Test
    void checksResultsBeforeWhatTheUserSaid() throws IOException {
        try (Guardrails guardrails = guardrails("""
                  tool_input: {flows: [check words]}
                  input: {flows: [check words]}
                """)) {
            GenerationResult result = guardrails.generate(returned("It rains."));

            assertThat(result.text()).isEqualTo("It is sunny.");
            assertThat(types(result)).containsExactly("tool_input", "input", "generation");
        }
    }

    @Test
    void refusesAForbiddenResultWithoutAskingTheModel() throws IOException {
        try (Guardrails guardrails = guardrails("  tool_result: {flows: [check words]}")) {
            GenerationResult result = guardrails.generate(returned("It rains.", "The word is swordfish."));

            assertThat(result.text()).isEqualTo(REFUSAL);
            assertThat(result.block())
                    .hasValueSatisfying(block -> assertThat(block.stage()).isEqualTo(Stage.TOOL_INPUT));
            assertThat(types(result)).containsExactly("tool_input", "tool_input");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void checksResultsThatAreNotLastButNoneThatLaterCallsHaveReplaced() throws IOException {
        try (Guardrails guardrails = guardrails("  tool_input: {flows: [check words]}")) {
            List<Message> early = returned("The word is swordfish.");
            List<Message> followed = new ArrayList<>(early);
            followed.add(Message.user("And now?"));
            List<Message> replaced = new ArrayList<>(early);
            replaced.addAll(returned("It rains."));
            List<Message> uncalled = List.of(Message.user("Hello!"), result("c9", "The word is swordfish."));

            assertThat(guardrails.generate(followed).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(uncalled).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(replaced).text()).isEqualTo("It is sunny.");
        }
    }

    @Test
    void rewritesAResultForTheModel() throws IOException {
        try (Guardrails guardrails = guardrails("  tool_input: {flows: [replace $from=swordfish $to=cod]}")) {
            guardrails.generate(returned("The word is swordfish."));

            assertThat(upstream.received().get(0).body())
                    .contains("The word is cod.")
                    .doesNotContain("swordfish");
        }
    }

    @Test
    void asksTheModelAfterARewriteOfAResultEvenWhenItMaySpeculate() throws IOException {
        try (Guardrails guardrails = guardrails("""
                  input: {flows: [check words], speculative_generation: true}
                  tool_input: {flows: [replace $from=swordfish $to=cod]}
                """)) {
            guardrails.generate(returned("The word is swordfish."));

            assertThat(upstream.received()).hasSize(1);
            assertThat(upstream.received().get(0).body()).doesNotContain("swordfish");
        }
    }

    @Test
    void runsTheRailsOfOneToolForThatToolOnly() throws IOException {
        upstream.respondInTurn(
                Response.toolCalls(FORBIDDEN), Response.toolCalls(new ToolCall("c3", "clock", "swordfish")));
        try (Guardrails guardrails = guardrails("  tool_output: {per_tool: {weather: [check words]}}")) {
            assertThat(guardrails.generate(asked()).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(asked()).message().toolCalls()).hasSize(1);
        }
    }

    @Test
    void findsTheToolOfAResultByItsCallAndAsksEveryToolsRailsWhenNobodyCanTell() throws IOException {
        try (Guardrails guardrails = guardrails("  tool_input: {per_tool: {weather: [check words]}}")) {
            List<Message> misnamed = List.of(
                    Message.user("Hello!"),
                    new Message(Role.ASSISTANT, List.of(), List.of(CLEAN), Map.of()),
                    new Message(
                            Role.TOOL,
                            List.of(ContentPart.text("swordfish")),
                            List.of(),
                            Map.of("tool_call_id", "c1", "name", "clock")));
            List<Message> unknown = List.of(Message.user("Hello!"), result("c9", "swordfish"));
            List<Message> other = List.of(
                    Message.user("Hello!"),
                    new Message(Role.ASSISTANT, List.of(), List.of(new ToolCall("c1", "clock", "")), Map.of()),
                    result("c1", "swordfish"));

            assertThat(guardrails.generate(returned("swordfish")).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(misnamed).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(unknown).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(other).text()).isEqualTo("It is sunny.");
        }
    }

    @Test
    void letsInputAndOutputRailsCheckToolsWhenTheirFlowSaysSo() throws IOException {
        upstream.respond(request -> Response.toolCalls(FORBIDDEN));
        try (Guardrails guardrails = guardrails("""
                  input: {flows: [{flow: check words, check_tools: true}]}
                  output: {flows: [{flow: check words, check_tools: true}]}
                """)) {
            GenerationResult ofResult = guardrails.generate(returned("The word is swordfish."));
            GenerationResult ofCall = guardrails.generate(returned("It rains."));

            assertThat(ofResult.block().orElseThrow().stage()).isEqualTo(Stage.INPUT);
            assertThat(ofCall.block().orElseThrow().stage()).isEqualTo(Stage.OUTPUT);
            assertThat(ofCall.message().toolCalls()).isEmpty();
        }
    }

    @Test
    void runsOnlyTheToolRailsThatTheRequestWants() throws IOException {
        upstream.respond(request -> Response.toolCalls(FORBIDDEN));
        try (Guardrails guardrails = guardrails("  tool_output: {flows: [throw, check words]}")) {
            GenerationResult only = guardrails.generate(wanting(RailChoice.only(Set.of("check words"))));
            GenerationResult none = guardrails.generate(wanting(RailChoice.NONE));

            assertThat(only.text()).isEqualTo(REFUSAL);
            assertThat(none.message().toolCalls()).containsExactly(FORBIDDEN);
        }
    }

    @Test
    void checksResultsAlsoWhenItOnlyChecks() throws IOException {
        try (Guardrails guardrails = guardrails("  tool_input: {flows: [check words]}")) {
            GenerationRequest checkOnly = new GenerationRequest(
                    returned("swordfish"),
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    new GenerationOptions(Map.of(), false),
                    Optional.empty());

            assertThat(guardrails.generate(checkOnly).text()).isEqualTo(REFUSAL);
        }
    }

    @Test
    void tellsRailsWhatTheToolIs() throws IOException {
        upstream.respond(request -> Response.toolCalls(CLEAN));
        try (Guardrails guardrails = guardrails("""
                  tool_output: {flows: [describe tool]}
                  tool_input: {flows: [describe tool]}
                """)) {
            GenerationRequest request = new GenerationRequest(
                    returned("It rains."),
                    Optional.empty(),
                    Map.of(),
                    Map.of("tools", List.of(Map.of("type", "function"), "nonsense")),
                    GenerationOptions.ALL,
                    Optional.empty());

            List<ActivatedRail> rails = guardrails.generate(request).log().activatedRails();

            assertThat(rails.get(0).evidence())
                    .isEqualTo(Map.of("of", "result c1", "index", 2, "offered", 1, "variable", "It rains."));
            assertThat(rails.get(2).evidence())
                    .isEqualTo(Map.of("of", "call c1 weather", "index", 0, "offered", 1, "variable", "weather"));
        }
    }

    @Test
    void namesTheExceptionOfABlockedCall() throws IOException {
        upstream.respond(request -> Response.toolCalls(FORBIDDEN));
        try (Guardrails guardrails = guardrails("""
                  tool_output: {flows: [check words]}
                enable_rails_exceptions: true
                """)) {
            assertThat(guardrails.generate(asked()).block().orElseThrow().exception())
                    .hasValueSatisfying(exception -> {
                        assertThat(exception.type()).isEqualTo("ToolOutputRailException");
                        assertThat(exception.message())
                                .isEqualTo("Tool output not allowed. The tool output was blocked by the"
                                        + " 'check words' flow.");
                    });
        }
    }

    @Test
    void showsStreamedCallsOnlyWhenTheyHavePassed() throws IOException {
        upstream.respond(request -> Response.toolCalls(FORBIDDEN, CLEAN));
        try (Guardrails guardrails = guardrails("  tool_output: {flows: [replace $from=swordfish $to=cod]}")) {
            Streamed streamed = stream(guardrails);

            assertThat(streamed.events())
                    .containsExactly(new StreamEvent.ToolCalls(List.of(
                            new ToolCallDelta(0, "c2", "weather", "{\"city\":\"cod\"}"),
                            new ToolCallDelta(1, "c1", "weather", "{\"city\":\"Paris\"}"))));
            assertThat(streamed.result().message().toolCalls())
                    .containsExactly(new ToolCall("c2", "weather", "{\"city\":\"cod\"}"), CLEAN);
            assertThat(streamed.result().finishReason()).isEqualTo("tool_calls");
        }
    }

    @Test
    void showsNothingOfAStreamedCallThatIsBlocked() throws IOException {
        upstream.respond(request -> Response.toolCalls(CLEAN, FORBIDDEN));
        for (String rails : List.of(
                "  tool_output: {flows: [check words]}",
                "  output: {flows: [{flow: check words, check_tools: true}], streaming: {enabled: true}}")) {
            try (Guardrails guardrails = guardrails(rails)) {
                Streamed streamed = stream(guardrails);

                assertThat(streamed.events()).singleElement().isInstanceOf(StreamEvent.Violation.class);
                assertThat(streamed.result().message().toolCalls()).isEmpty();
                assertThat(streamed.result().finishReason()).isEqualTo("content_filter");
            }
        }
    }

    @Test
    void showsStreamedCallsAsTheyComeWhenNoRailLooksAtThem() throws IOException {
        upstream.respond(request -> Response.toolCalls(FORBIDDEN));
        try (Guardrails guardrails = guardrails("  tool_input: {flows: [check words]}")) {
            Streamed streamed = stream(guardrails);

            assertThat(streamed.events()).isNotEmpty().hasOnlyElementsOfType(StreamEvent.ToolCalls.class);
            assertThat(streamed.result().message().toolCalls()).containsExactly(FORBIDDEN);
        }
    }

    private record Streamed(List<StreamEvent> events, GenerationResult result) {}

    private static Streamed stream(Guardrails guardrails) {
        try (GenerationStream stream = guardrails.stream(GenerationRequest.of(asked()))) {
            List<StreamEvent> events = new ArrayList<>();
            for (Optional<StreamEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                events.add(event.get());
            }
            return new Streamed(events, stream.result());
        }
    }

    private static List<String> types(GenerationResult result) {
        return result.log().activatedRails().stream().map(ActivatedRail::type).toList();
    }

    private static GenerationRequest wanting(RailChoice toolCalls) {
        return new GenerationRequest(
                asked(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                new GenerationOptions(Map.of(Stage.TOOL_OUTPUT, toolCalls), true),
                Optional.empty());
    }

    private static List<Message> asked() {
        return List.of(Message.user("How is the weather?"));
    }

    /** The question, a call of {@code weather} and what it returned, one call a result. */
    private static List<Message> returned(String... results) {
        List<Message> messages = new ArrayList<>(asked());
        List<ToolCall> calls = new ArrayList<>();
        List<Message> answers = new ArrayList<>();
        for (String result : results) {
            String id = "c" + (calls.size() + 1);
            calls.add(new ToolCall(id, "weather", "{}"));
            answers.add(result(id, result));
        }
        messages.add(new Message(Role.ASSISTANT, List.of(), calls, Map.of()));
        messages.addAll(answers);
        return messages;
    }

    private static Message result(String callId, String text) {
        return new Message(Role.TOOL, List.of(ContentPart.text(text)), List.of(), Map.of("tool_call_id", callId));
    }

    private Guardrails guardrails(String rails) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - type: main
                    engine: openai
                    model: scripted
                    parameters:
                      base_url: %s
                      max_attempts: 1
                rails:
                %s%s""".formatted(
                        upstream.baseUrl(), rails.contains("check words") ? WORDS : "", rails));
        return Guardrails.fromPath(folder);
    }
}
