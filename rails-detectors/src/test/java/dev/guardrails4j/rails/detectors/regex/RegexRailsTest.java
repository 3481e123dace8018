package dev.guardrails4j.rails.detectors.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("regex check, contract config-and-rails 1.4 and 4.8")
class RegexRailsTest {

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    static Stream<Arguments> rails() {
        return Stream.of(
                Arguments.of(new RegexInputRail(), Stage.INPUT, "input"),
                Arguments.of(new RegexOutputRail(), Stage.OUTPUT, "output"),
                Arguments.of(new RegexRetrievalRail(), Stage.RETRIEVAL, "retrieval"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("rails")
    void looksOnlyForThePatternsOfItsStage(Rail rail, Stage stage, String key) throws Exception {
        RailHarness harness = RailHarness.of(rail)
                .settings(
                        "regex_detection",
                        Map.of(
                                "input", Map.of("patterns", List.of("word of input"), "case_insensitive", false),
                                "output", Map.of("patterns", List.of("word of output"), "case_insensitive", false),
                                "retrieval",
                                        Map.of("patterns", List.of("word of retrieval"), "case_insensitive", false)));

        assertThat(harness.check(stage, "The word of " + key + " is here."))
                .isEqualTo(Verdict.block("matches a configured pattern").with("detections", List.of("word of " + key)));
        assertThat(harness.check(stage, "The word of none is here.")).isEqualTo(Verdict.allow());
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("rails")
    void allowsEverythingWithoutPatterns(Rail rail, Stage stage, String key) throws Exception {
        assertThat(RailHarness.of(rail).check(stage, "anything")).isEqualTo(Verdict.allow());
        assertThat(RailHarness.of(rail)
                        .settings("regex_detection", Map.of(key, Map.of("patterns", List.of())))
                        .check(stage, "anything"))
                .isEqualTo(Verdict.allow());
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("rails")
    void refusesKeysThatItDoesNotKnow(Rail rail, Stage stage, String key) {
        assertThatThrownBy(() -> RailHarness.of(rail)
                        .settings("regex_detection", Map.of(key, Map.of("pattern", "x")))
                        .configure(stage))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("regex_detection." + key + ".pattern");
    }

    @Test
    void reportsEveryPatternThatIsFoundAsItWasWritten() throws Exception {
        assertThat(input("sk-\\w+", "nothing", "(?i)SECRET$").check(Stage.INPUT, "my key is sk-123, secret\n"))
                .isEqualTo(Verdict.block("matches a configured pattern")
                        .with("detections", List.of("sk-\\w+", "(?i)SECRET$")));
    }

    @Test
    void mindsCaseUnlessToldNotTo() throws Exception {
        assertThat(input("secret").check(Stage.INPUT, "SECRET")).isEqualTo(Verdict.allow());
        assertThat(RailHarness.of(new RegexInputRail())
                        .settings(
                                "regex_detection",
                                Map.of("input", Map.of("patterns", "straße|secret", "case_insensitive", true)))
                        .check(Stage.INPUT, "SECRET"))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void allowsAnEmptyTextWhateverThePatterns() throws Exception {
        assertThat(input(".*").check(Stage.INPUT, "")).isEqualTo(Verdict.allow());
    }

    @Test
    void saysWhichPatternCannotBeUsed() {
        assertThatThrownBy(() -> input("fine", "(unclosed").configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("rails.config.regex_detection.input.patterns: Invalid regex pattern at index 1: missing"
                        + " closing ): (unclosed");
    }

    @Test
    void refusesMorePatternsThanItCanTryInTime() {
        String[] patterns = Collections.nCopies(1_001, "x").toArray(String[]::new);

        assertThatThrownBy(() -> input(patterns).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("1001 patterns")
                .hasMessageContaining("1000");
    }

    @Test
    void takesAsLongForAHostileTextAsForAnyOther() throws Exception {
        // (a+)+$ over 100,000 characters would not end in this universe on a backtracking engine.
        assertThat(input("(a+)+$").check(Stage.INPUT, "a".repeat(100_000) + "!"))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void stopsBetweenTwoPatternsWhenItIsInterrupted() {
        RailHarness harness = input("a", "b");

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> harness.check(Stage.INPUT, "text")).isInstanceOf(InterruptedException.class);
    }

    private static RailHarness input(String... patterns) {
        return RailHarness.of(new RegexInputRail())
                .settings("regex_detection", Map.of("input", Map.of("patterns", List.of(patterns))));
    }
}
