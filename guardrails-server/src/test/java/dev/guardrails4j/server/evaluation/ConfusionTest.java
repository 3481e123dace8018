package dev.guardrails4j.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionTest {

    private static final Confusion COUNTED = new Confusion(30, 10, 50, 20);

    @Test
    void countsEachTextOnce() {
        Confusion counted = Confusion.NONE
                .plus(true, true)
                .plus(false, true)
                .plus(false, false)
                .plus(true, false)
                .plus(true, false);

        assertThat(counted).isEqualTo(new Confusion(1, 1, 1, 2));
        assertThat(counted.total()).isEqualTo(5);
    }

    @Test
    void saysHowOftenItWasRight() {
        assertThat(COUNTED.precision()).isEqualTo(new Proportion(30, 40));
        assertThat(COUNTED.recall()).isEqualTo(new Proportion(30, 50));
        assertThat(COUNTED.falsePositiveRate()).isEqualTo(new Proportion(10, 60));
    }

    @Test
    void f1IsTheHarmonicMeanOfPrecisionAndRecallWithinItsInterval() {
        var f1 = COUNTED.f1().orElseThrow();

        assertThat(f1.value()).isCloseTo(2 * 0.75 * 0.6 / (0.75 + 0.6), within(1e-9));
        assertThat(f1.low()).isBetween(0.5, f1.value());
        assertThat(f1.high()).isBetween(f1.value(), 0.8);
    }

    @Test
    void saysNothingOfWhatWasNotMeasured() {
        assertThat(new Confusion(0, 3, 4, 0).recall().estimate()).isEmpty();
        assertThat(Confusion.NONE.f1()).isEmpty();
    }
}
