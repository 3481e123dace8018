package dev.guardrails4j.rails.detectors.bloat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("context bloat detection, contract config-and-rails 1.4 and 4.8")
class BloatRailsTest {

    private static final String ORDINARY =
            "The parcel that I ordered three weeks ago has not arrived yet, and nobody answers my letters. What can I"
                    + " do now?";

    @Test
    void letsOrdinaryTextPass() throws Exception {
        assertThat(rail(Map.of()).check(Stage.INPUT, ORDINARY)).isEqualTo(Verdict.allow());
        assertThat(rail(Map.of()).check(Stage.INPUT, "")).isEqualTo(Verdict.allow());
    }

    @Test
    void blocksWhatIsTooLongFirst() throws Exception {
        assertThat(rail(Map.of()).check(Stage.INPUT, "a".repeat(5_001)))
                .isEqualTo(Verdict.block("bloats the context")
                        .with("measure", "size")
                        .with("value", 5_001.0));
    }

    @Test
    void blocksWhatIsMonotonous() throws Exception {
        assertThat(measure(rail(Map.of()), "ab".repeat(40))).isEqualTo("entropy");
        assertThat(measure(rail(Map.of()), ORDINARY + "!".repeat(14))).isEqualTo("run_ratio");
        assertThat(measure(rail(Map.of()), "please send me the quick brown fox now. ".repeat(9)))
                .isEqualTo("repetition_ratio");
    }

    @Test
    void measuresNothingButTheSizeOfAShortText() throws Exception {
        assertThat(rail(Map.of()).check(Stage.INPUT, "a".repeat(49))).isEqualTo(Verdict.allow());
        assertThat(rail(Map.of("max_chars", 10)).check(Stage.INPUT, "a".repeat(49)))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void truncatesToTheLongestTextThereMayBe() throws Exception {
        Map<String, Object> settings = Map.of("max_chars", 5, "action", "truncate");

        Verdict verdict = rail(settings).check(Stage.INPUT, "abcd\ud83d\ude00ef");

        assertThat(((Verdict.Rewrite) verdict).text()).isEqualTo("abcd\ud83d\ude00");
    }

    @Test
    void onlyTellsIfItShouldWarn() throws Exception {
        assertThat(rail(Map.of("max_chars", 5, "action", "warn")).check(Stage.INPUT, "abcdef"))
                .isEqualTo(Verdict.allow().with("measure", "size").with("value", 6.0));
    }

    @Test
    void measuresALongTextAtItsHeadMiddleAndTail() throws Exception {
        Map<String, Object> settings = Map.of("max_chars", 100_000);

        assertThat(measure(rail(settings), "a".repeat(20_000) + ORDINARY)).isEqualTo("entropy");
    }

    @Test
    void looksAtRetrievedText() throws Exception {
        assertThat(RailHarness.of(new BloatRails.OnRetrieval()).check(Stage.RETRIEVAL, "a".repeat(6_000)))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertRefused("action", "sanitize", "reject, truncate, warn");
        assertRefused("max_chars", 0, "at least 1");
        assertRefused("max_run_ratio", 1.5, "from 0 to 1");
        assertRefused("ngram_size", 21, "from 1 to 20");
        assertRefused("min_entropy", -1.0, "below 0");
    }

    private static void assertRefused(String key, Object value, String message) {
        assertThatThrownBy(() -> rail(Map.of(key, value)).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageStartingWith("rails.config.context_bloat_detection." + key)
                .hasMessageContaining(message);
    }

    private static Object measure(RailHarness rail, String text) throws Exception {
        return rail.check(Stage.INPUT, text).evidence().getOrDefault("measure", "none");
    }

    private static RailHarness rail(Map<String, Object> settings) {
        return RailHarness.of(new BloatRails.OnInput()).settings("context_bloat_detection", settings);
    }
}
