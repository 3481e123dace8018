package dev.guardrails4j.rails.contentsafety.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("tool safety check, contract config-and-rails 4.11")
class ToolSafetyRailsTest {

    private static final String ARGUMENTS = "{\"query\": \"DROP TABLE users\", \"limit\": 1}";

    private final RailHarness call = RailHarness.of(new ToolCallSafetyRail())
            .parameter("model", "judge")
            .parameter("variant", "run_sql")
            .toolCall(new ToolCall("1", "run_sql", ARGUMENTS));
    private final RailHarness result = RailHarness.of(new ToolResultSafetyRail())
            .parameter("model", "judge")
            .toolResult(new ToolResult("1", "", "a row"));

    @Test
    void blocksACallThatIsUnsafeForTheTool() throws Exception {
        Verdict verdict = call.judgeSays(false, "drops a table").check(Stage.TOOL_OUTPUT, ARGUMENTS);

        assertThat(verdict)
                .isEqualTo(Verdict.block("the model calls it unsafe for this tool")
                        .with("policy_violations", List.of("drops a table")));
        assertThat(call.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(
                        JudgeTask.of("tool_safety_check_output $model=judge $variant=run_sql", "judge")
                                .withDefaultParser("is_content_safe")
                                .withTemperature(1e-20),
                        Map.of("tool_name", "run_sql", "tool_call_arguments", ARGUMENTS)));
    }

    @Test
    void showsTheModelOneArgumentIfTheFlowNamesIt() throws Exception {
        call.parameter("argument", "query").judgeSays(true).check(Stage.TOOL_OUTPUT, ARGUMENTS);

        assertThat(call.judgeQuestions().get(0).variables())
                .containsEntry("tool_call_arguments", "\"DROP TABLE users\"");
    }

    @Test
    void showsTheModelEverythingIfThereIsNoSuchArgument() throws Exception {
        call.parameter("argument", "statement").judgeSays(true);

        call.check(Stage.TOOL_OUTPUT, ARGUMENTS);
        call.check(Stage.TOOL_OUTPUT, "no JSON at all");

        assertThat(call.judgeQuestions())
                .extracting(question -> question.variables().get("tool_call_arguments"))
                .containsExactly(ARGUMENTS, "no JSON at all");
    }

    @Test
    void asksAboutAResultByTheNameOfTheToolThatWasCalled() throws Exception {
        result.messages(
                new Message(
                        Role.ASSISTANT,
                        List.of(),
                        List.of(new ToolCall("0", "weather", "{}"), new ToolCall("1", "run_sql", ARGUMENTS)),
                        Map.of()),
                Message.of(Role.TOOL, "a row"));

        assertThat(result.judgeSays(true).check(Stage.TOOL_INPUT, "a row")).isEqualTo(Verdict.allow());
        assertThat(result.judgeQuestions().get(0).task().prompt()).isEqualTo("tool_safety_check_input $model=judge");
        assertThat(result.judgeQuestions().get(0).variables())
                .isEqualTo(Map.of("tool_name", "run_sql", "tool_result_content", "a row"));
    }

    @Test
    void asksAboutAResultThatAnswersNoCallByItsOwnName() throws Exception {
        result.toolResult(new ToolResult("7", "run_sql", "a row"))
                .judgeSays(false)
                .check(Stage.TOOL_INPUT, "a row");

        assertThat(result.judgeQuestions().get(0).variables()).containsEntry("tool_name", "run_sql");
    }

    @Test
    void allowsAResultWithoutTextUnasked() throws Exception {
        assertThat(result.judgeSays(false).check(Stage.TOOL_INPUT, " ")).isEqualTo(Verdict.allow());
        assertThat(result.judgeQuestions()).isEmpty();
    }

    @Test
    void leavesAnUnreadableJudgementToTheEngine() {
        call.judgeFails(new JudgementException("neither"));

        assertThatThrownBy(() -> call.check(Stage.TOOL_OUTPUT, ARGUMENTS)).isInstanceOf(JudgementException.class);
    }

    @Test
    void needsToKnowWhichModelToAsk() {
        assertThatThrownBy(() -> RailHarness.of(new ToolCallSafetyRail()).configure(Stage.TOOL_OUTPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("$model=");
    }
}
