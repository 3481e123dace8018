package dev.guardrails4j.rails.contentsafety.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("patronus lynx, contract config-and-rails 4.9")
class LynxRailTest {

    private final RailHarness harness = RailHarness.of(new LynxRail())
            .userText("What colour?")
            .relevantChunks("The sky is blue.", "Grass is green.");

    @Test
    void blocksAnAnswerThatIsNotFaithful() throws Exception {
        assertThat(harness.judgeSays(false).check(Stage.OUTPUT, "Red."))
                .isEqualTo(Verdict.block("not faithful to the evidence"));
        assertThat(harness.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(
                        JudgeTask.of("patronus_lynx_check_output_hallucination", "patronus_lynx")
                                .withDefaultParser("patronus_lynx_parse_score"),
                        Map.of(
                                "user_input", "What colour?",
                                "bot_response", "Red.",
                                "provided_context", "The sky is blue.\nGrass is green.")));
    }

    @Test
    void allowsAFaithfulAnswer() throws Exception {
        assertThat(harness.judgeSays(true).check(Stage.OUTPUT, "Blue.")).isEqualTo(Verdict.allow());
    }

    @Test
    void allowsUnaskedWhatThereIsNothingToHoldAgainst() throws Exception {
        harness.judgeSays(false);

        assertThat(harness.check(Stage.OUTPUT, " ")).isEqualTo(Verdict.allow());
        assertThat(harness.relevantChunks().check(Stage.OUTPUT, "Red.")).isEqualTo(Verdict.allow());
        assertThat(harness.judgeQuestions()).isEmpty();
    }

    @Test
    void isToldAsTheReferenceDoes() {
        assertThat(new LynxRail().refusal())
                .isEqualTo(Refusal.answerUnknown().withException("PatronusAIHallucinationException"));
    }
}
