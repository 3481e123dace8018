package dev.guardrails4j.rails.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("self check facts, contract config-and-rails 4.2")
class SelfCheckFactsRailTest {

    private final RailHarness harness =
            RailHarness.of(new SelfCheckFactsRail()).relevantChunks("The sky is blue.", "Grass is green.");

    @Test
    void allowsWhatTheJudgeCallsSupported() throws Exception {
        Verdict verdict = harness.variable("check_facts", true).judgeSays(false).check(Stage.OUTPUT, "It is blue.");

        assertThat(verdict).isEqualTo(Verdict.allow());
        assertThat(harness.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(
                        JudgeTask.of("self_check_facts", "self_check_facts", "main")
                                .withDefaultParser("is_content_safe"),
                        Map.of("evidence", "The sky is blue.\nGrass is green.", "response", "It is blue.")));
    }

    @Test
    void blocksWhatTheJudgeDoesNotCallSupported() throws Exception {
        Verdict verdict = harness.variable("check_facts", true).judgeSays(true).check(Stage.OUTPUT, "It is red.");

        assertThat(verdict).isEqualTo(Verdict.block("not supported by the evidence"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True"})
    void runsWhenAClientWritesTrueAsText(String value) throws Exception {
        assertThat(harness.variable("check_facts", value).judgeSays(true).check(Stage.OUTPUT, "It is red."))
                .isInstanceOf(Verdict.Block.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "", "no"})
    void doesNotRunUnlessItIsAskedFor(String value) throws Exception {
        assertThat(harness.judgeSays(true).check(Stage.OUTPUT, "It is red.")).isEqualTo(Verdict.allow());
        assertThat(harness.variable("check_facts", value).check(Stage.OUTPUT, "It is red."))
                .isEqualTo(Verdict.allow());
        assertThat(harness.variable("check_facts", false).check(Stage.OUTPUT, "It is red."))
                .isEqualTo(Verdict.allow());
        assertThat(harness.judgeQuestions()).isEmpty();
    }

    @Test
    void allowsAnAnswerForWhichNothingWasRetrieved() throws Exception {
        harness.variable("check_facts", true).judgeSays(true);

        assertThat(harness.relevantChunks().check(Stage.OUTPUT, "It is red.")).isEqualTo(Verdict.allow());
        assertThat(harness.relevantChunks(" ").check(Stage.OUTPUT, "It is red."))
                .isEqualTo(Verdict.allow());
        assertThat(harness.judgeQuestions()).isEmpty();
    }

    @Test
    @DisplayName("2.4: it raises an exception of its own")
    void raisesTheReferencesException() {
        assertThat(new SelfCheckFactsRail().refusal())
                .isEqualTo(Refusal.toRespond().withException("FactCheckRailException"));
    }
}
