package dev.guardrails4j.server.evaluation;

import java.util.Optional;

/**
 * So many out of so many, and what that says of the proportion in general.
 *
 * @param hits how many
 * @param total out of how many
 */
public record Proportion(long hits, long total) {

    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (hits < 0 || hits > total) {
            throw new IllegalArgumentException("%d of %d".formatted(hits, total));
        }
    }

    /** From 0 to 1; empty if there was nothing to count. */
    public Optional<Estimate> estimate() {
        return total == 0 ? Optional.empty() : Optional.of(wilson());
    }

    /** Wilson's score interval, which holds for small counts and near 0 and 1 as well. */
    private Estimate wilson() {
        double n = total;
        double p = hits / n;
        double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Estimate(p, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /**
     * A proportion with its 95 % confidence interval, each from 0 to 1.
     *
     * @param value what was measured
     * @param low where the interval begins
     * @param high where it ends
     */
    public record Estimate(double value, double low, double high) {}
}
