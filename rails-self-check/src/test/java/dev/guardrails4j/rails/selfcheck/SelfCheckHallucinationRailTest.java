package dev.guardrails4j.rails.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("self check hallucination, contract config-and-rails 4.2")
class SelfCheckHallucinationRailTest {

    private static final Message QUESTION = Message.user("Who wrote Faust?");

    @Test
    void allowsWhatTheJudgeCallsAgreeing() throws Exception {
        RailHarness harness = harness(answering("Goethe did", "J. W. Goethe")).judgeSays(false);

        assertThat(harness.check(Stage.OUTPUT, "Goethe.")).isEqualTo(Verdict.allow());
        assertThat(harness.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(
                        JudgeTask.of("self_check_hallucination", "self_check_hallucination", "main")
                                .withDefaultParser("is_content_safe"),
                        Map.of("statement", "Goethe.", "paragraph", "Goethe did. J. W. Goethe")));
    }

    @Test
    void blocksWhatTheJudgeDoesNotCallAgreeing() throws Exception {
        assertThat(harness(answering("Goethe", "Goethe")).judgeSays(true).check(Stage.OUTPUT, "Schiller."))
                .isEqualTo(Verdict.block("other answers of the model do not agree with it"));
    }

    @Test
    void asksTheMainModelTheSameTwiceMoreInOneCall() throws Exception {
        RailHarness harness = harness(answering("Goethe", "Goethe")).judgeSays(false);

        harness.check(Stage.OUTPUT, "Goethe.");

        assertThat(harness.modelQuestions())
                .containsExactly(new RailHarness.ModelQuestion(
                        "main",
                        "self_check_hallucination",
                        new ChatRequest(List.of(QUESTION), Map.of("n", 2, "temperature", 1.0))));
    }

    @Test
    void asksAgainWithAllThatTheMainModelWasTold() throws Exception {
        RailHarness harness = harness(answering("Goethe", "Goethe"))
                .instructions("Answer from this: Goethe wrote Faust.")
                .judgeSays(false);

        harness.check(Stage.OUTPUT, "Goethe.");

        assertThat(harness.modelQuestions().get(0).request().messages())
                .containsExactly(Message.system("Answer from this: Goethe wrote Faust."), QUESTION);
    }

    @Test
    void asksAgainIfTheModelGivesOneAnswerACall() throws Exception {
        Deque<String> answers = new ArrayDeque<>(List.of("first", "second"));
        RailHarness harness = harness(request -> response(answers.pop())).judgeSays(false);

        harness.check(Stage.OUTPUT, "Goethe.");

        assertThat(harness.judgeQuestions().get(0).variables()).containsEntry("paragraph", "first. second");
        assertThat(harness.modelQuestions().get(1).request().parameters()).isEqualTo(Map.of("temperature", 1.0));
    }

    @Test
    void asksOneByOneIfTheModelRefusesToAnswerSeveralTimes() throws Exception {
        RailHarness harness = harness(request -> {
                    if (request.parameters().containsKey("n")) {
                        throw ModelException.withMessage("n must be 1")
                                .status(400)
                                .build();
                    }
                    return response("Goethe");
                })
                .judgeSays(false);

        harness.check(Stage.OUTPUT, "Goethe.");

        assertThat(harness.judgeQuestions().get(0).variables()).containsEntry("paragraph", "Goethe. Goethe");
    }

    @Test
    void doesWithOneAnswerIfTheOtherIsEmpty() throws Exception {
        RailHarness harness = harness(answering("", "Goethe")).judgeSays(false);

        harness.check(Stage.OUTPUT, "Goethe.");

        assertThat(harness.judgeQuestions().get(0).variables()).containsEntry("paragraph", "Goethe");
    }

    @Test
    void failsWithoutFurtherAnswers() {
        RailHarness harness = harness(answering("", " ")).judgeSays(false);

        assertThatThrownBy(() -> harness.check(Stage.OUTPUT, "Goethe.")).isInstanceOf(JudgementException.class);
        assertThat(harness.judgeQuestions()).isEmpty();
    }

    @Test
    void failsWithoutAConversation() {
        RailHarness harness = harness(answering("Goethe")).judgeSays(false).messages();

        assertThatThrownBy(() -> harness.check(Stage.OUTPUT, "Goethe.")).isInstanceOf(JudgementException.class);
        assertThat(harness.modelQuestions()).isEmpty();
    }

    @Test
    void failsIfTheJudgeSaysNeitherYesNorNo() {
        RailHarness harness = harness(answering("Goethe")).judgeFails(new JudgementException("neither"));

        assertThatThrownBy(() -> harness.check(Stage.OUTPUT, "Goethe.")).isInstanceOf(JudgementException.class);
    }

    @Test
    void leavesAnOutageOfTheMainModelToTheEngine() {
        RailHarness harness = harness(request -> {
            throw ModelException.withMessage("overloaded").status(503).build();
        });

        assertThatThrownBy(() -> harness.check(Stage.OUTPUT, "Goethe.")).isInstanceOf(ModelException.class);
        assertThat(harness.modelQuestions()).hasSize(1);
    }

    @Test
    void doesNotRunUnlessItIsAskedFor() throws Exception {
        RailHarness harness = harness(answering("Goethe")).variable("check_hallucination", "false");

        assertThat(harness.check(Stage.OUTPUT, "Schiller.")).isEqualTo(Verdict.allow());
        assertThat(harness.modelQuestions()).isEmpty();
    }

    @Test
    void needsAMainModel() {
        assertThatThrownBy(
                        () -> RailHarness.of(new SelfCheckHallucinationRail()).configure(Stage.OUTPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("main");
    }

    @Test
    @DisplayName("2.3, 2.4: it does not know the answer, and raises an exception of its own")
    void isToldAsTheReferenceDoes() {
        assertThat(new SelfCheckHallucinationRail().refusal())
                .isEqualTo(Refusal.answerUnknown().withException("SelfCheckHallucinationRailException"));
    }

    private static RailHarness harness(Function<ChatRequest, ChatResponse> mainModel) {
        return RailHarness.of(new SelfCheckHallucinationRail())
                .variable("check_hallucination", true)
                .messages(QUESTION)
                .model("main", mainModel);
    }

    private static Function<ChatRequest, ChatResponse> answering(String... answers) {
        return request -> response(answers);
    }

    private static ChatResponse response(String... answers) {
        return new ChatResponse(
                "scripted",
                Stream.of(answers)
                        .map(answer -> new ChatResponse.Choice(Message.assistant(answer), "", "stop"))
                        .toList(),
                TokenUsage.NONE,
                Map.of());
    }
}
