package dev.guardrails4j.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

    /** Values of Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void givesWilsonsInterval(long hits, long total, double low, double high) {
        var estimate = new Proportion(hits, total).estimate().orElseThrow();

        assertThat(estimate.value()).isEqualTo((double) hits / total);
        assertThat(estimate.low()).isCloseTo(low, within(5e-5));
        assertThat(estimate.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void staysBelowOne() {
        assertThat(new Proportion(5, 5).estimate().orElseThrow().high()).isEqualTo(1);
    }

    @Test
    void estimatesNothingFromNothing() {
        assertThat(new Proportion(0, 0).estimate()).isEmpty();
    }

    @Test
    void refusesMoreHitsThanThereAre() {
        assertThatThrownBy(() -> new Proportion(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
