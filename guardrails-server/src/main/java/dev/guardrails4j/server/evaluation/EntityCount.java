package dev.guardrails4j.server.evaluation;

import java.util.Optional;

/**
 * How well entities were found. A found one is right if a labelled one of the same type covers at least half of what both
 * cover together; each counts once.
 *
 * @param right found and labelled
 * @param wrong found, not labelled
 * @param missed labelled, not found
 */
public record EntityCount(long right, long wrong, long missed) {

    /** How much of what was found is labelled. */
    public Proportion precision() {
        return new Proportion(right, right + wrong);
    }

    /** How much of what is labelled was found. */
    public Proportion recall() {
        return new Proportion(right, right + missed);
    }

    /** The mean of precision and recall in which recall weighs twice as much; empty if there was nothing to find. */
    public Optional<Double> f2() {
        double whole = 5.0 * right + 4.0 * missed + wrong;
        return whole == 0 ? Optional.empty() : Optional.of(5.0 * right / whole);
    }

    EntityCount plus(EntityCount other) {
        return new EntityCount(right + other.right, wrong + other.wrong, missed + other.missed);
    }
}
