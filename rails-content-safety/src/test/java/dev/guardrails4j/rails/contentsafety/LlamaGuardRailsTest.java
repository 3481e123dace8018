package dev.guardrails4j.rails.contentsafety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("llama guard, contract config-and-rails 4.3")
class LlamaGuardRailsTest {

    private final RailHarness input = RailHarness.of(new LlamaGuardInputRail());
    private final RailHarness output =
            RailHarness.of(new LlamaGuardOutputRail()).userText("a question");

    @Test
    void blocksAnUnsafeMessageAndNamesTheCategories() throws Exception {
        Verdict verdict = input.judgeSays(false, "O1", "O3").check(Stage.INPUT, "a message");

        assertThat(verdict)
                .isEqualTo(Verdict.block("the safety model calls it unsafe")
                        .with("policy_violations", List.of("O1", "O3")));
        assertThat(input.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(
                        JudgeTask.of("llama_guard_check_input", "llama_guard")
                                .withDefaultParser("is_content_safe")
                                .withTemperature(0),
                        Map.of("user_input", "a message", "bot_response", "")));
    }

    @Test
    void showsTheModelQuestionAndAnswer() throws Exception {
        assertThat(output.judgeSays(true).check(Stage.OUTPUT, "an answer")).isEqualTo(Verdict.allow());
        assertThat(output.judgeQuestions().get(0).task().prompt()).isEqualTo("llama_guard_check_output");
        assertThat(output.judgeQuestions().get(0).variables())
                .isEqualTo(Map.of("user_input", "a question", "bot_response", "an answer"));
    }

    @Test
    void asksNothingAboutATextWithoutAnythingInIt() throws Exception {
        assertThat(input.judgeSays(true).check(Stage.INPUT, " ")).isInstanceOf(Verdict.Block.class);
        assertThat(output.judgeSays(false).check(Stage.OUTPUT, "")).isEqualTo(Verdict.allow());
        assertThat(input.judgeQuestions()).isEmpty();
        assertThat(output.judgeQuestions()).isEmpty();
    }

    @Test
    void needsItsPrompt() {
        assertThatThrownBy(() -> input.withoutPrompt("llama_guard_check_input").configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class);
    }

    @Test
    void raisesTheReferencesExceptions() {
        assertThat(new LlamaGuardInputRail().refusal())
                .isEqualTo(Refusal.toRespond().withException("LlamaGuardInputRailException"));
        assertThat(new LlamaGuardOutputRail().refusal())
                .isEqualTo(Refusal.toRespond().withException("LlamaGuardOutputRailException"));
    }
}
