package dev.guardrails4j.server.evaluation;

import java.util.ArrayList;
import java.util.List;

/** How scores from 0 to 1 are spread over texts, in steps of a thousandth. Not safe for use by many threads. */
final class ScoreCounts {

    private static final int STEPS = 1_000;

    private final long[] positive = new long[STEPS + 1];
    private final long[] negative = new long[STEPS + 1];
    private long total;

    /** @param score what the rail gave; passed over if it is not from 0 to 1 */
    void add(double score, boolean isPositive) {
        if (score >= 0 && score <= 1) {
            (isPositive ? positive : negative)[(int) Math.floor(score * STEPS)]++;
            total++;
        }
    }

    /**
     * What would be caught at other thresholds, from 0 up; empty if no rail gave scores. Thresholds between which nothing
     * changes are left out.
     */
    List<ThresholdPoint> curve() {
        if (total == 0) {
            return List.of();
        }
        List<ThresholdPoint> curve = new ArrayList<>();
        long positivesLeft = sum(positive);
        long negativesLeft = sum(negative);
        long positives = positivesLeft;
        long negatives = negativesLeft;
        for (int step = 0; step <= STEPS; step++) {
            boolean changed = step == 0 || step == STEPS || positive[step - 1] + negative[step - 1] > 0;
            if (changed) {
                curve.add(new ThresholdPoint(
                        step / (double) STEPS,
                        new Proportion(positivesLeft, positives),
                        new Proportion(negativesLeft, negatives)));
            }
            positivesLeft -= positive[step];
            negativesLeft -= negative[step];
        }
        return curve;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
