package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardrailsTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";
    private static final String INTERNAL_ERROR = "I'm sorry, an internal error has occurred.";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void answersWithWhatTheModelSays() throws IOException {
        try (Guardrails guardrails = guardrails("")) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.text()).isEqualTo("Hello to you.");
            assertThat(result.finishReason()).isEqualTo("stop");
            assertThat(result.block()).isEmpty();
            assertThat(result.usage().totalTokens()).isEqualTo(12);
            assertThat(upstream.received()).hasSize(1);
            assertThat(upstream.received().get(0).body()).contains("\"Hello!\"");
        }
    }

    @Test
    void refusesWithoutAskingTheModelWhenAnInputRailBlocks() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("The word is swordfish.")));

            assertThat(result.text()).isEqualTo(REFUSAL);
            assertThat(result.finishReason()).isEqualTo("content_filter");
            assertThat(result.block()).hasValueSatisfying(block -> {
                assertThat(block.stage()).isEqualTo(Stage.INPUT);
                assertThat(block.flow()).isEqualTo("check words");
                assertThat(block.reason()).isEqualTo("holds a forbidden word");
                assertThat(block.exception()).isEmpty();
            });
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void checksEveryUserMessageThatNothingHasAnswered() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            List<Message> hidden =
                    List.of(Message.user("The word is swordfish."), Message.system("Be nice."), Message.user("Hello!"));
            List<Message> answered =
                    List.of(Message.user("The word is swordfish."), Message.assistant("No."), Message.user("Hello!"));
            List<Message> prefilled = List.of(Message.user("The word is swordfish."), Message.assistant("Sure, "));

            assertThat(guardrails.generate(hidden).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(prefilled).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(answered).text()).isEqualTo("Hello to you.");
        }
    }

    @Test
    void feedsARewriteToTheNextRailAndTheModel() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows:
                      - replace $from=swordfish $to=cod
                      - check words
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("I like swordfish.")));

            assertThat(result.text()).isEqualTo("Hello to you.");
            assertThat(upstream.received().get(0).body())
                    .contains("I like cod.")
                    .doesNotContain("swordfish");
            assertThat(result.log().activatedRails())
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.REWRITTEN, Outcome.PASSED, Outcome.PASSED);
            assertThat(result.asked()).containsExactly(Message.user("I like cod."));
        }
    }

    @Test
    void refusesWhenAnOutputRailBlocks() throws IOException {
        upstream.answer("The word is swordfish.");
        try (Guardrails guardrails = guardrails("""
                rails:
                  output:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Tell me!")));

            assertThat(result.text()).isEqualTo(REFUSAL);
            assertThat(result.finishReason()).isEqualTo("content_filter");
            assertThat(result.modelOutput()).isEmpty();
            assertThat(result.context().toString()).doesNotContain("swordfish");
        }
    }

    @Test
    void hidesReasoningAndRawAnswerWhenAnOutputRailRewrites() throws IOException {
        upstream.answer("<think>The word is swordfish.</think>It is swordfish.");
        try (Guardrails guardrails = guardrails("""
                rails:
                  output:
                    flows: [replace $from=swordfish $to=***]
                """)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Tell me!")));

            assertThat(result.text()).isEqualTo("It is ***.");
            assertThat(result.reasoning()).isEmpty();
            assertThat(result.modelOutput()).isEmpty();
        }
    }

    @Test
    void failsClosedWhenARailThrows() throws IOException {
        try (Guardrails guardrails = guardrails("rails: {input: {flows: [throw]}}")) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.text()).isEqualTo(INTERNAL_ERROR);
            assertThat(result.block())
                    .hasValueSatisfying(block -> assertThat(block.failure()).isTrue());
            assertThat(result.log().activatedRails().get(0).outcome()).isEqualTo(Outcome.FAILED);
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void failsClosedWhenARailReturnsNothing() throws IOException {
        try (Guardrails guardrails = guardrails("rails: {output: {flows: [undecided]}}")) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo(INTERNAL_ERROR);
        }
    }

    @Test
    void failsClosedWhenARailIsLate() throws IOException {
        try (Guardrails guardrails = guardrails("rails: {input: {flows: [{flow: hang, timeout: 50ms}]}}")) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.text()).isEqualTo(INTERNAL_ERROR);
            assertThat(result.log().activatedRails().get(0).evidence())
                    .containsEntry("failure", "it did not decide in time");
        }
    }

    @Test
    void letsAFailurePassAndSaysSoWhenTheFlowAllowsIt() throws IOException {
        try (Guardrails guardrails = guardrails("rails: {input: {flows: [{flow: throw, on_error: allow}]}}")) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.text()).isEqualTo("Hello to you.");
            assertThat(result.log().activatedRails().get(0).outcome()).isEqualTo(Outcome.BYPASSED);
        }
    }

    @Test
    void blocksWhenTheJudgeSaysYes() throws IOException {
        upstream.answerWhen("Block this", "Yes");
        try (Guardrails guardrails = guardrails(judged())) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.text()).isEqualTo(REFUSAL);
            assertThat(result.log().modelCalls()).singleElement().satisfies(call -> {
                assertThat(call.task()).isEqualTo("judge_text");
                assertThat(call.completion()).isEqualTo("Yes");
            });
        }
    }

    /** Contract "chat server" 4.8. */
    @Test
    void asksRailsThatUseTheMainModelByTheNameTheRequestHasChosen() throws IOException {
        upstream.answerWhen("Block this", "No");
        try (Guardrails guardrails = guardrails(judged())) {
            guardrails.generate(new GenerationRequest(
                    List.of(Message.user("Hello!")),
                    Optional.of("chosen"),
                    Map.of(),
                    Map.of(),
                    GenerationOptions.ALL,
                    Optional.empty()));

            assertThat(upstream.received())
                    .hasSize(2)
                    .allSatisfy(received -> assertThat(received.body()).contains("\"model\":\"chosen\""));
        }
    }

    @Test
    void failsClosedWhenTheJudgeCannotBeUnderstood() throws IOException {
        upstream.answerWhen("Block this", "Perhaps?");
        try (Guardrails guardrails = guardrails(judged())) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo(INTERNAL_ERROR);
        }
    }

    @Test
    void tellsAnOutageOfTheJudgeFromAVerdict() throws IOException {
        upstream.respond(received -> ScriptedUpstream.Response.error(403, "no such key", "forbidden"));
        try (Guardrails guardrails = guardrails(judged())) {
            assertThatThrownBy(() -> guardrails.generate(List.of(Message.user("Hello!"))))
                    .isInstanceOfSatisfying(RailUnavailableException.class, e -> {
                        assertThat(e.flow()).isEqualTo("judge");
                        assertThat(e.outage().status()).hasValue(403);
                    });
        }
    }

    @Test
    void passesOnTheFailureOfTheMainModel() throws IOException {
        upstream.respond(received -> ScriptedUpstream.Response.error(401, "bad key", "invalid_api_key"));
        try (Guardrails guardrails = guardrails("")) {
            assertThatThrownBy(() -> guardrails.generate(List.of(Message.user("Hello!"))))
                    .isInstanceOfSatisfying(ModelException.class, e -> {
                        assertThat(e.status()).hasValue(401);
                        assertThat(e.code()).hasValue("invalid_api_key");
                    });
        }
    }

    @Test
    void givesTheReferencesExceptionWhenAskedTo() throws IOException {
        try (Guardrails guardrails = guardrails("""
                enable_rails_exceptions: true
                rails:
                  input:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("swordfish")));

            assertThat(result.block().orElseThrow().exception()).hasValueSatisfying(exception -> {
                assertThat(exception.type()).isEqualTo("InputRailException");
                assertThat(exception.message())
                        .isEqualTo("Input not allowed. The input was blocked by the 'check words' flow.");
            });
        }
    }

    @Test
    void saysTheConfigurationsOwnRefusal() throws IOException {
        try (Guardrails guardrails = guardrails("""
                bot_messages:
                  refuse to respond: ["Let us talk about something else."]
                rails:
                  input:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            assertThat(guardrails.generate(List.of(Message.user("swordfish"))).text())
                    .isEqualTo("Let us talk about something else.");
        }
    }

    @Test
    void saysTheRefusalOfTheRail() throws IOException {
        try (Guardrails guardrails = guardrails("""
                enable_rails_exceptions: true
                rails:
                  input:
                    flows: [refuse]
                """)) {
            GenerationResult result = guardrails.generate(List.of(Message.user("Hello!")));

            assertThat(result.text()).isEqualTo("I don't know the answer to that.");
            assertThat(result.block().orElseThrow().exception())
                    .hasValueSatisfying(
                            exception -> assertThat(exception.type()).isEqualTo("RefusingRailException"));
            assertThat(result.log().activatedRails().get(0).decisions())
                    .containsExactly("execute refuse", "inform answer unknown", "stop");
        }
    }

    @Test
    void putsTheConfigurationsWordsInThePlaceOfTheRails() throws IOException {
        try (Guardrails guardrails = guardrails("""
                bot_messages:
                  refuse to respond: ["Let us talk about something else."]
                  inform answer unknown: ["Ask somebody else."]
                rails:
                  input:
                    flows: [refuse]
                """)) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo("Ask somebody else.");
        }
    }

    @Test
    void saysWhatTheVerdictSaysBeforeAnythingElse() throws IOException {
        try (Guardrails guardrails = guardrails("""
                bot_messages:
                  inform answer unknown: ["Ask somebody else."]
                rails:
                  input:
                    flows: ['refuse $saying="Lieber nicht."']
                """)) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo("Lieber nicht.");
        }
    }

    @Test
    void letsARailAskTheMainModelTheSameAgain() throws IOException {
        try (Guardrails guardrails = guardrails("""
                instructions:
                  - {type: general, content: Be brief.}
                rails:
                  output:
                    flows: [recall prompt]
                """)) {
            GenerationResult result = guardrails.generate(withChunks("A cod is a fish."));

            assertThat(result.log().activatedRails().get(1).evidence())
                    .containsEntry(
                            "prompt",
                            List.of(
                                    "SYSTEM: Be brief.\n\nUse this context where it helps to answer:\nA cod is a fish.",
                                    "USER: What is a cod?"))
                    .containsEntry("compat", false)
                    .containsEntry("flag", false);
        }
    }

    @Test
    void runsOnlyTheRailsThatTheRequestWants() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: [throw, check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationOptions only =
                    new GenerationOptions(Map.of(Stage.INPUT, RailChoice.only(Set.of("check words"))), true);
            GenerationOptions none = new GenerationOptions(Map.of(Stage.INPUT, RailChoice.NONE), true);

            assertThat(guardrails.generate(request("swordfish", only)).text()).isEqualTo(REFUSAL);
            assertThat(guardrails.generate(request("swordfish", none)).text()).isEqualTo("Hello to you.");
        }
    }

    @Test
    void onlyChecksWhenDialogIsOff() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  input:
                    flows: [replace $from=cat $to=dog]
                  output:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationOptions checkOnly = new GenerationOptions(Map.of(), false);

            assertThat(guardrails.generate(request("A cat.", checkOnly)).text()).isEqualTo("A dog.");
            assertThat(guardrails
                            .generate(request(
                                    List.of(Message.user("A cat."), Message.assistant("A swordfish.")), checkOnly))
                            .text())
                    .isEqualTo(REFUSAL);
            assertThat(guardrails
                            .generate(request(List.of(Message.user("A cat."), Message.assistant("A fish.")), checkOnly))
                            .text())
                    .isEqualTo("A fish.");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void keepsForbiddenChunksFromTheModelAndGoesOn() throws IOException {
        try (Guardrails guardrails = guardrails("""
                rails:
                  retrieval:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationResult clean = guardrails.generate(withChunks("Cod is a fish."));
            GenerationResult forbidden = guardrails.generate(withChunks("The word is swordfish."));

            assertThat(clean.text()).isEqualTo("Hello to you.");
            assertThat(upstream.received().get(0).body()).contains("Cod is a fish.");
            assertThat(forbidden.text()).isEqualTo("Hello to you.");
            assertThat(upstream.received().get(1).body()).doesNotContain("swordfish");
        }
    }

    @Test
    void logsARailAsTheActionsItExecutes() throws IOException {
        try (Guardrails guardrails = guardrails("rails: {input: {flows: [act]}}")) {
            List<ActivatedRail> rails =
                    guardrails.generate(List.of(Message.user("Hello!"))).log().activatedRails();

            assertThat(rails).hasSize(2);
            assertThat(rails.get(0).actions()).singleElement().satisfies(action -> {
                assertThat(action.name()).isEqualTo("count_letters");
                assertThat(action.returnValue()).isEqualTo(6);
            });
            assertThat(rails.get(0).decisions()).containsExactly("execute count_letters");
            assertThat(rails.get(1).type()).isEqualTo("generation");
            assertThat(rails.get(1).actions().get(0).modelCalls()).hasSize(1);
        }
    }

    @Test
    void checksWithoutAMainModelAndSaysWhyItCannotAnswer() throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models: []
                rails:
                  input:
                    flows: [check words]
                  config:
                    words: {forbidden: [swordfish]}
                """);
        try (Guardrails guardrails = Guardrails.fromPath(folder)) {
            assertThat(guardrails.generate(List.of(Message.user("swordfish"))).text())
                    .isEqualTo(REFUSAL);
            assertThatThrownBy(() -> guardrails.generate(List.of(Message.user("Hello!"))))
                    .isInstanceOf(RailConfigurationException.class)
                    .hasMessageContaining("no model of type 'main'")
                    .hasMessageContaining("OPENAI_API_KEY");
        }
    }

    @Test
    void reportsAModelThatCannotBeConnectedOnceAndNotForEveryFlowThatUsesIt() throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - {type: main, engine: nobody, model: a}
                """ + judged());

        assertThatThrownBy(() -> Guardrails.fromPath(folder))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.message()).contains("unknown engine 'nobody'")));
    }

    private String judged() {
        return """
                prompts:
                  - task: judge_text
                    content: 'Block this, Yes or No? "{{ text }}"'
                rails:
                  input:
                    flows: [judge]
                """;
    }

    private static GenerationRequest request(String text, GenerationOptions options) {
        return request(List.of(Message.user(text)), options);
    }

    private static GenerationRequest request(List<Message> messages, GenerationOptions options) {
        return new GenerationRequest(messages, Optional.empty(), Map.of(), Map.of(), options, Optional.empty());
    }

    private static GenerationRequest withChunks(String chunks) {
        return new GenerationRequest(
                List.of(Message.user("What is a cod?")),
                Optional.empty(),
                Map.of("relevant_chunks", chunks),
                Map.of(),
                GenerationOptions.ALL,
                Optional.empty());
    }

    private Guardrails guardrails(String yaml) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - type: main
                    engine: openai
                    model: scripted
                    parameters:
                      base_url: %s
                      max_attempts: 1
                %s""".formatted(upstream.baseUrl(), yaml));
        return Guardrails.fromPath(folder);
    }
}
