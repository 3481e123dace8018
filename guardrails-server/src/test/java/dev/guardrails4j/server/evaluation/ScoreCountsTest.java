package dev.guardrails4j.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreCountsTest {

    private final ScoreCounts counts = new ScoreCounts();

    @Test
    void saysWhatEachThresholdWouldCatch() {
        counts.add(0.9, true);
        counts.add(0.4, true);
        counts.add(0.4, false);
        counts.add(0.1, false);

        assertThat(counts.curve())
                .containsExactly(
                        point(0, 2, 2), point(0.101, 2, 1), point(0.401, 1, 0), point(0.901, 0, 0), point(1, 0, 0));
    }

    @Test
    void passesOverWhatIsNoScore() {
        counts.add(45, true);
        counts.add(Double.NaN, true);
        counts.add(-0.1, false);

        assertThat(counts.curve()).isEmpty();
    }

    private static ThresholdPoint point(double threshold, long caught, long alarms) {
        return new ThresholdPoint(threshold, new Proportion(caught, 2), new Proportion(alarms, 2));
    }
}
