package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN =
            List.of("self check input", "self check output", "models", "flows", "type", "lowest_temperature", "id");

    @ParameterizedTest
    @CsvSource({
        "self chekc input, self check input",
        "self_check_output, self check output",
        "Self Check Input, self check input",
        "modles, models",
        "model, models",
        "tpye, type",
        "lowestTemperature, lowest_temperature",
        "ids, id"
    })
    void findsTheNearestKnownWord(String word, String meant) {
        assertThat(Spelling.suggestion(word, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"something else", "x", "''", "models"})
    void isSilentWhenNothingIsNear(String word) {
        assertThat(Spelling.suggestion(word, KNOWN)).isEmpty();
    }

    @Test
    void choosesTheFirstByNameAmongEquallyNear() {
        assertThat(Spelling.suggestion("rail c", List.of("rail b", "rail a"))).isEqualTo("; did you mean 'rail a'?");
    }

    @Test
    void doesNotCompareLongTexts() {
        String text = "a".repeat(100_000);

        assertThat(Spelling.suggestion(text, List.of(text + "b"))).isEmpty();
    }
}
