package dev.guardrails4j.rails.detectors.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.pattern.PatternTimeoutException;
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
                Arguments.of(new RegexRails.CheckInput(), Stage.INPUT, "input"),
                Arguments.of(new RegexRails.CheckOutput(), Stage.OUTPUT, "output"),
                Arguments.of(new RegexRails.CheckRetrieval(), Stage.RETRIEVAL, "retrieval"),
                Arguments.of(new RegexRails.CheckToolOutput(), Stage.TOOL_OUTPUT, "tool_output"),
                Arguments.of(new RegexRails.CheckToolInput(), Stage.TOOL_INPUT, "tool_input"));
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
                                        Map.of("patterns", List.of("word of retrieval"), "case_insensitive", false),
                                "tool_output", Map.of("patterns", List.of("word of tool_output")),
                                "tool_input", Map.of("patterns", List.of("word of tool_input"))));

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
        assertThat(RailHarness.of(new RegexRails.CheckInput())
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

    @Test
    void looksAtOneArgumentOfACallIfTheFlowNamesIt() throws Exception {
        RailHarness harness = RailHarness.of(new RegexRails.CheckToolOutput())
                .parameter("argument", "query")
                .settings("regex_detection", Map.of("tool_output", Map.of("patterns", "DROP")));

        assertThat(harness.check(Stage.TOOL_OUTPUT, "{\"query\": \"DR\\u004fP TABLE\", \"note\": \"x\"}"))
                .isInstanceOf(Verdict.Block.class);
        assertThat(harness.check(Stage.TOOL_OUTPUT, "{\"query\": \"SELECT\", \"note\": \"DROP\"}"))
                .isEqualTo(Verdict.allow());
        assertThat(harness.check(Stage.TOOL_OUTPUT, "no JSON: DROP")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void redactsAllThatMatchesWithTheMaskAsItIsWritten() throws Exception {
        RailHarness harness = RailHarness.of(new RegexRails.RedactInput())
                .settings(
                        "regex_detection",
                        Map.of("input", Map.of("patterns", List.of("sk-\\w+", "[0-9]{4}"), "mask_token", "$1<X>")));

        assertThat(harness.check(Stage.INPUT, "sk-abc 1234 sk-d"))
                .isEqualTo(Verdict.rewrite("$1<X> $1<X> $1<X>").with("detections", List.of("sk-\\w+", "[0-9]{4}")));
        assertThat(harness.check(Stage.INPUT, "nothing")).isEqualTo(Verdict.allow());
    }

    @Test
    void redactsWithRedactedUnlessToldOtherwise() throws Exception {
        assertThat(RailHarness.of(new RegexRails.RedactOutput())
                        .settings("regex_detection", Map.of("output", Map.of("patterns", "x*")))
                        .check(Stage.OUTPUT, "axxb"))
                .isEqualTo(Verdict.rewrite("a<REDACTED>b").with("detections", List.of("x*")));
    }

    @Test
    void searchesForPatternsThatLookAroundOrReferBack() throws Exception {
        assertThat(input("(?<!not )secret", "(?P<q>['\"]).*?(?P=q)").check(Stage.INPUT, "a secret"))
                .isEqualTo(
                        Verdict.block("matches a configured pattern").with("detections", List.of("(?<!not )secret")));
        assertThat(input("(?<!not )secret").check(Stage.INPUT, "not secret")).isEqualTo(Verdict.allow());
    }

    @Test
    void searchesInLinearTimeOnlyForAConfigurationOfACaller() {
        assertThatThrownBy(() -> input("(?<!not )secret").fromCaller().configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("look-around and back-references are not supported here");
    }

    @Test
    void givesUpAPatternThatWouldTakeForEver() {
        // Exponential on the JDK's engine, whose loops give up by themselves in simpler cases.
        assertThatThrownBy(() -> input("(?=x)?(a|a|aa)+$\\1").check(Stage.INPUT, "a".repeat(60) + "!"))
                .isInstanceOf(PatternTimeoutException.class)
                .hasMessageNotContaining("aaa");
    }

    @Test
    void stopsWithinASearchWhenItIsInterrupted() {
        RailHarness harness = input("(?=x)?(a|a|aa)+$\\1");

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> harness.check(Stage.INPUT, "a".repeat(60) + "!"))
                .isInstanceOf(InterruptedException.class);
    }

    private static RailHarness input(String... patterns) {
        return RailHarness.of(new RegexRails.CheckInput())
                .settings("regex_detection", Map.of("input", Map.of("patterns", List.of(patterns))));
    }
}
