package dev.guardrails4j.rails.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("self check output, contract config-and-rails 4.2")
class SelfCheckOutputRailTest {

    private final RailHarness harness =
            RailHarness.of(new SelfCheckOutputRail()).userText("a question");

    @Test
    void blocksWhenTheJudgeSaysYes() throws Exception {
        assertThat(harness.judgeSays(false).check(Stage.OUTPUT, "an answer")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void allowsWhenTheJudgeSaysNo() throws Exception {
        assertThat(harness.judgeSays(true).check(Stage.OUTPUT, "an answer")).isEqualTo(Verdict.allow());
    }

    @Test
    void asksWithQuestionAnswerAndReasoning() throws Exception {
        harness.reasoning("a thought").judgeSays(true).check(Stage.OUTPUT, "an answer");

        assertThat(harness.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(
                        JudgeTask.of("self_check_output", "self_check_output", "main")
                                .withDefaultParser("is_content_safe"),
                        Map.of("user_input", "a question", "bot_response", "an answer", "bot_thinking", "a thought")));
    }

    @Test
    void asksTheVariantsPromptAndModel() throws Exception {
        harness.parameter("variant", "tone").judgeSays(true).check(Stage.OUTPUT, "an answer");

        assertThat(harness.judgeQuestions().get(0).task().prompt()).isEqualTo("self_check_output $variant=tone");
        assertThat(harness.judgeQuestions().get(0).task().modelTypes())
                .containsExactly("tone", "self_check_output", "main");
        assertThat(harness.judgeQuestions().get(0).variables()).containsEntry("bot_thinking", "");
    }

    @Test
    void allowsAnAnswerWithoutTextUnasked() throws Exception {
        assertThat(harness.judgeSays(false).check(Stage.OUTPUT, "")).isEqualTo(Verdict.allow());
        assertThat(harness.judgeQuestions()).isEmpty();
    }
}
