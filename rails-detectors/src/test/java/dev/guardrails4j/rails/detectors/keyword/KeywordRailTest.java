package dev.guardrails4j.rails.detectors.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("keyword check")
class KeywordRailTest {

    @Test
    void blocksWholeWordsInLettersOfAnyCase() throws Exception {
        RailHarness rail = rail(Map.of("keywords", List.of("Bluebird", "acme corp", "straße")));

        assertThat(rail.check(Stage.INPUT, "Where is BLUEBIRD, and Acme Corp?"))
                .isEqualTo(
                        Verdict.block("holds a word of the list").with("keywords", List.of("Bluebird", "acme corp")));
        assertThat(rail.check(Stage.INPUT, "die STRASSE, die Straße")).isInstanceOf(Verdict.Block.class);
        assertThat(rail.check(Stage.INPUT, "bluebirds, acme_corp")).isEqualTo(Verdict.allow());
    }

    @Test
    void findsWordsOfLanguagesThatWriteNoBlanks() throws Exception {
        assertThat(rail(Map.of("keywords", "机密")).check(Stage.INPUT, "这是机密文件")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void heedsCaseAndPartsOfWordsIfToldTo() throws Exception {
        RailHarness rail = rail(Map.of("keywords", List.of("Key"), "case_sensitive", true, "whole_words", false));

        assertThat(rail.check(Stage.INPUT, "aKeyb")).isInstanceOf(Verdict.Block.class);
        assertThat(rail.check(Stage.INPUT, "key")).isEqualTo(Verdict.allow());
    }

    @Test
    void takesThousandsOfWords() throws Exception {
        List<String> words =
                IntStream.range(0, 20_000).mapToObj(i -> "word" + i).toList();

        assertThat(rail(Map.of("keywords", words)).check(Stage.INPUT, "a word19999 b word20000"))
                .isEqualTo(Verdict.block("holds a word of the list").with("keywords", List.of("word19999")));
    }

    @Test
    void allowsEverythingWithoutWords() throws Exception {
        assertThat(RailHarness.of(new KeywordRail()).check(Stage.TOOL_INPUT, "anything"))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void looksOnlyForTheWordsOfItsStage() throws Exception {
        RailHarness rail = RailHarness.of(new KeywordRail())
                .settings("keyword_check", Map.of("input", Map.of("keywords", "a"), "output", Map.of("keywords", "b")));

        assertThat(rail.check(Stage.OUTPUT, "a")).isEqualTo(Verdict.allow());
        assertThat(rail.check(Stage.OUTPUT, "b")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void refusesAnEmptyWord() {
        assertThatThrownBy(() -> rail(Map.of("keywords", List.of("x", " "))).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("keyword_check.input.keywords: has a word that is empty");
    }

    private static RailHarness rail(Map<String, Object> input) {
        return RailHarness.of(new KeywordRail()).settings("keyword_check", Map.of("input", input));
    }
}
