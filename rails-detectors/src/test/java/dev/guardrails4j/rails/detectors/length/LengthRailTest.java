package dev.guardrails4j.rails.detectors.length;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("length check")
class LengthRailTest {

    @Test
    void blocksWhatIsTooLongOrTooShort() throws Exception {
        RailHarness rail = rail(Map.of("min_chars", 2, "max_chars", 4));

        assertThat(rail.check(Stage.INPUT, "abcde"))
                .isEqualTo(Verdict.block("is longer than it may be").with("max_chars", 4));
        assertThat(rail.check(Stage.INPUT, "a"))
                .isEqualTo(Verdict.block("is shorter than it must be").with("min_chars", 2));
        assertThat(rail.check(Stage.INPUT, "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00"))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void countsWordsAndLines() throws Exception {
        assertThat(rail(Map.of("max_words", 2)).check(Stage.INPUT, "one  two\nthree"))
                .isInstanceOf(Verdict.Block.class);
        assertThat(rail(Map.of("max_words", 2)).check(Stage.INPUT, " one two ")).isEqualTo(Verdict.allow());
        assertThat(rail(Map.of("max_lines", 1)).check(Stage.INPUT, "one\ntwo")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void allowsEverythingWithoutLimits() throws Exception {
        assertThat(RailHarness.of(new LengthRail()).check(Stage.OUTPUT, "x".repeat(1_000_000)))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void refusesLimitsThatNoTextMeets() {
        assertThatThrownBy(() -> rail(Map.of("min_words", 3, "max_words", 2)).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("length_check.input.max_words: must not be below min_words");
    }

    private static RailHarness rail(Map<String, Object> input) {
        return RailHarness.of(new LengthRail()).settings("length_check", Map.of("input", input));
    }
}
