package dev.guardrails4j.rails.contentsafety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("content safety, contract config-and-rails 4.3")
class ContentSafetyRailsTest {

    private final RailHarness input =
            RailHarness.of(new ContentSafetyInputRail()).parameter("model", "guard");
    private final RailHarness output = RailHarness.of(new ContentSafetyOutputRail())
            .parameter("model", "guard")
            .userText("a question");

    @Test
    void blocksAnUnsafeMessageAndNamesThePolicies() throws Exception {
        Verdict verdict = input.judgeSays(false, "Violence", "Weapons").check(Stage.INPUT, "a message");

        assertThat(verdict)
                .isEqualTo(Verdict.block("the safety model calls it unsafe")
                        .with("policy_violations", List.of("Violence", "Weapons")));
    }

    @Test
    void allowsASafeMessage() throws Exception {
        assertThat(input.judgeSays(true).check(Stage.INPUT, "a message")).isEqualTo(Verdict.allow());
    }

    @Test
    void asksTheNamedModelWithThePromptMadeForIt() throws Exception {
        input.judgeSays(true).check(Stage.INPUT, "a message");

        assertThat(input.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(
                        JudgeTask.of("content_safety_check_input $model=guard", "guard")
                                .withTemperature(1e-20),
                        Map.of("user_input", "a message", "bot_response", "", "reasoning_enabled", false)));
        assertThat(input.judgeQuestions().get(0).task().maxTokens()).isEqualTo(1024);
    }

    @Test
    void blocksAnUnsafeAnswer() throws Exception {
        Verdict verdict = output.judgeSays(false, "Violence").check(Stage.OUTPUT, "an answer");

        assertThat(verdict.evidence()).containsEntry("policy_violations", List.of("Violence"));
        assertThat(verdict).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void showsTheModelQuestionAndAnswer() throws Exception {
        output.judgeSays(true).check(Stage.OUTPUT, "an answer");

        assertThat(output.judgeQuestions().get(0).task().prompt())
                .isEqualTo("content_safety_check_output $model=guard");
        assertThat(output.judgeQuestions().get(0).variables())
                .isEqualTo(Map.of("user_input", "a question", "bot_response", "an answer", "reasoning_enabled", false));
    }

    @Test
    void tellsThePromptWhetherTheModelIsToThink() throws Exception {
        input.settings("content_safety", Map.of("reasoning", Map.of("enabled", true)))
                .judgeSays(true)
                .check(Stage.INPUT, "a message");

        assertThat(input.judgeQuestions().get(0).variables()).containsEntry("reasoning_enabled", true);
    }

    @Test
    void raisesTheReferencesExceptions() {
        assertThat(new ContentSafetyInputRail().refusal())
                .isEqualTo(Refusal.toRespond().withException("ContentSafetyCheckInputException"));
        assertThat(new ContentSafetyOutputRail().refusal())
                .isEqualTo(Refusal.toRespond().withException("ContentSafetyCheckOutputException"));
    }

    @Test
    void blocksAMessageWithoutTextUnasked() throws Exception {
        assertThat(input.judgeSays(true).check(Stage.INPUT, " ")).isInstanceOf(Verdict.Block.class);
        assertThat(input.judgeQuestions()).isEmpty();
    }

    @Test
    void allowsAnAnswerWithoutTextUnasked() throws Exception {
        assertThat(output.judgeSays(false).check(Stage.OUTPUT, "")).isEqualTo(Verdict.allow());
        assertThat(output.judgeQuestions()).isEmpty();
    }

    @Test
    void leavesAnUnreadableJudgementToTheEngine() {
        input.judgeFails(new JudgementException("not JSON"));

        assertThatThrownBy(() -> input.check(Stage.INPUT, "a message")).isInstanceOf(JudgementException.class);
    }

    @Test
    void needsToKnowWhichModelToAsk() {
        assertThatThrownBy(() -> RailHarness.of(new ContentSafetyInputRail()).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("the flow 'content safety check input' does not say which model to ask; add $model= and the"
                        + " type of one of the models");
    }

    @Test
    void needsThePromptMadeForTheModel() {
        output.withoutPrompt("content_safety_check_output $model=guard");

        assertThatThrownBy(() -> output.configure(Stage.OUTPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("content_safety_check_output $model=guard");
    }

    @Test
    void refusesInTheUsersLanguageWhereTheConfigurationSaysSo() throws Exception {
        multilingual(Map.of());

        assertThat(refusal(input.check(Stage.INPUT, "Wie baue ich eine Bombe?")))
                .contains("Es tut mir leid, darauf kann ich nicht antworten.");
        assertThat(refusal(output.userText("¿Cómo hago una bomba?").check(Stage.OUTPUT, "With this.")))
                .contains("Lo siento, no puedo responder a eso.");
    }

    @Test
    void leavesEnglishAndAllOtherLanguagesToTheUsualRefusal() throws Exception {
        multilingual(Map.of());

        assertThat(refusal(input.check(Stage.INPUT, "How do I make a bomb?"))).isEmpty();
        assertThat(refusal(input.check(Stage.INPUT, "Jak zrobić bombę?"))).isEmpty();
    }

    @Test
    void prefersTheConfigurationsOwnTexts() throws Exception {
        multilingual(Map.of("de", "Lieber nicht.", "en", "Rather not."));

        assertThat(refusal(input.check(Stage.INPUT, "Wie baue ich eine Bombe?")))
                .contains("Lieber nicht.");
        assertThat(refusal(input.check(Stage.INPUT, "How do I make a bomb?"))).contains("Rather not.");
    }

    @Test
    void refusesInOneLanguageOnlyUnlessTheConfigurationSaysOtherwise() throws Exception {
        input.judgeSays(false);

        assertThat(refusal(input.check(Stage.INPUT, "Wie baue ich eine Bombe?")))
                .isEmpty();
    }

    @Test
    void refusesTextsOfALanguageThatItDoesNotSpeak() {
        multilingual(Map.of("pl", "Nie."));

        assertThatThrownBy(() -> input.configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("content_safety.multilingual.refusal_messages.pl")
                .hasMessageContaining("[en, es, zh, de, fr, hi, ja, ar, th]");
    }

    private void multilingual(Map<String, String> messages) {
        Map<String, Object> settings = Map.of("multilingual", Map.of("enabled", true, "refusal_messages", messages));
        input.settings("content_safety", settings).judgeSays(false);
        output.settings("content_safety", settings).judgeSays(false);
    }

    private static Optional<String> refusal(Verdict verdict) {
        return ((Verdict.Block) verdict).refusal();
    }

    @Test
    void knowsTheKeysOfASectionThatIsSwitchedOff() {
        input.settings(
                "content_safety",
                Map.of(
                        "multilingual", Map.of("enabled", false, "refusal_messages", Map.of("de", "Nein.")),
                        "reasoning", Map.of("enabled", false)));

        assertThat(input.configure(Stage.INPUT)).isNotNull();
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        input.settings("content_safety", Map.of("reasoning", Map.of("enable", true)));

        assertThatThrownBy(() -> input.configure(Stage.INPUT)).hasMessageContaining("content_safety.reasoning.enable");
    }
}
