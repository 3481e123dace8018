package dev.guardrails4j.rails.contentsafety.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("alignscore, contract config-and-rails 4.9")
class AlignScoreRailTest {

    private static final String SERVER = "http://localhost:5000/alignscore_large";

    private final RailHarness harness = RailHarness.of(new AlignScoreRail())
            .variable("check_facts", true)
            .relevantChunks("The sky is blue.", "Grass is green.")
            .settings("fact_checking", Map.of("parameters", Map.of("endpoint", SERVER)));

    @Test
    void blocksWhatScoresLow() throws Exception {
        Verdict verdict =
                harness.endpoint(SERVER, body -> Map.of("alignscore", 0.49)).check(Stage.OUTPUT, "Red.");

        assertThat(verdict)
                .isEqualTo(Verdict.block("not supported by the evidence").with("alignscore", 0.49));
        assertThat(harness.endpointQuestions())
                .singleElement()
                .satisfies(question -> assertThat(question.body())
                        .isEqualTo(Map.of("evidence", "The sky is blue.\nGrass is green.", "claim", "Red.")));
    }

    @Test
    void allowsWhatScoresHigh() throws Exception {
        assertThat(harness.endpoint(SERVER, body -> Map.of("alignscore", 0.5)).check(Stage.OUTPUT, "Blue."))
                .isEqualTo(Verdict.allow().with("alignscore", 0.5));
    }

    static Stream<Object> whatIsNoScore() {
        return Stream.of(
                Map.of(),
                Map.of("alignscore", "0.9"),
                Map.of("alignscore", 1.5),
                Map.of("alignscore", Double.NaN),
                Map.of("alignscore", true),
                List.of(0.9),
                "0.9");
    }

    @ParameterizedTest
    @MethodSource("whatIsNoScore")
    void doesNotUnderstandWhatIsNoScore(Object answer) {
        harness.endpoint(SERVER, body -> answer);

        assertThatThrownBy(() -> harness.check(Stage.OUTPUT, "Blue.")).isInstanceOf(JudgementException.class);
    }

    @Test
    void leavesAnOutageToTheEngine() {
        harness.endpoint(SERVER, body -> {
            throw ModelException.withMessage("HTTP 500").status(500).build();
        });

        assertThatThrownBy(() -> harness.check(Stage.OUTPUT, "Blue.")).isInstanceOf(ModelException.class);
    }

    @Test
    void asksAPromptInsteadOfAServerThatFailsWhereTheConfigurationSaysSo() throws Exception {
        harness.settings(
                        "fact_checking",
                        Map.of("parameters", Map.of("endpoint", SERVER), "fallback_to_self_check", true))
                .endpoint(SERVER, body -> Map.of());

        assertThat(harness.judgeSays(false).check(Stage.OUTPUT, "Blue."))
                .isEqualTo(Verdict.allow().with("fallback", "self_check_facts"));
        assertThat(harness.judgeSays(true).check(Stage.OUTPUT, "Red.")).isInstanceOf(Verdict.Block.class);
        assertThat(harness.judgeQuestions().get(0).variables())
                .isEqualTo(Map.of("evidence", "The sky is blue.\nGrass is green.", "response", "Blue."));
    }

    @Test
    void runsOnlyWhenItIsAskedForAndThereIsEvidence() throws Exception {
        assertThat(harness.variable("check_facts", "false").check(Stage.OUTPUT, "Red."))
                .isEqualTo(Verdict.allow());
        assertThat(harness.variable("check_facts", "True").relevantChunks().check(Stage.OUTPUT, "Red."))
                .isEqualTo(Verdict.allow());
        assertThat(harness.endpointQuestions()).isEmpty();
    }

    @Test
    void needsAServer() {
        assertThatThrownBy(() -> RailHarness.of(new AlignScoreRail()).configure(Stage.OUTPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("fact_checking.parameters.endpoint");
    }

    @Test
    void isToldAsTheReferenceDoes() {
        assertThat(new AlignScoreRail().refusal())
                .isEqualTo(Refusal.answerUnknown().withException("AlignScoreCheckFactRailException"));
    }
}
