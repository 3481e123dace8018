package dev.guardrails4j.server.evaluation;

import dev.guardrails4j.server.evaluation.Proportion.Estimate;
import java.util.Optional;

/**
 * How often a rail was right.
 *
 * @param truePositives caught, and rightly
 * @param falsePositives caught, and wrongly
 * @param trueNegatives passed, and rightly
 * @param falseNegatives passed, and wrongly
 */
public record Confusion(long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

    /** Nothing counted yet. */
    public static final Confusion NONE = new Confusion(0, 0, 0, 0);

    /** One text more. */
    Confusion plus(boolean positive, boolean caught) {
        return new Confusion(
                truePositives + (positive && caught ? 1 : 0),
                falsePositives + (!positive && caught ? 1 : 0),
                trueNegatives + (!positive && !caught ? 1 : 0),
                falseNegatives + (positive && !caught ? 1 : 0));
    }

    /** Both together. */
    Confusion plus(Confusion other) {
        return new Confusion(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                trueNegatives + other.trueNegatives,
                falseNegatives + other.falseNegatives);
    }

    /** How many texts were counted. */
    public long total() {
        return truePositives + falsePositives + trueNegatives + falseNegatives;
    }

    /** How much of what was caught was caught rightly. */
    public Proportion precision() {
        return new Proportion(truePositives, truePositives + falsePositives);
    }

    /** How much of what should be caught was. */
    public Proportion recall() {
        return new Proportion(truePositives, truePositives + falseNegatives);
    }

    /** How much of what should pass was caught. */
    public Proportion falsePositiveRate() {
        return new Proportion(falsePositives, falsePositives + trueNegatives);
    }

    /**
     * The harmonic mean of precision and recall. It is {@code 2J / (1 + J)} of the proportion {@code J} of true positives
     * among all that were caught or should have been, so its interval is that of {@code J}, transformed.
     */
    public Optional<Estimate> f1() {
        return new Proportion(truePositives, truePositives + falsePositives + falseNegatives)
                .estimate()
                .map(j -> new Estimate(f1(j.value()), f1(j.low()), f1(j.high())));
    }

    private static double f1(double jaccard) {
        return 2 * jaccard / (1 + jaccard);
    }
}
