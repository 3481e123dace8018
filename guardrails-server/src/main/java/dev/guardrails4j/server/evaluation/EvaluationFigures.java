package dev.guardrails4j.server.evaluation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param texts how many texts the rails looked at
 * @param skipped how many lines were left out: their label is neither positive nor negative, or they are in the other half
 * @param bad how many lines cannot be used
 * @param badLines the first of them
 * @param rails the figures of each rail, in configured order
 * @param together a text is caught if any rail catches it; empty if there is only one rail
 * @param duration how long all of it took
 */
public record EvaluationFigures(
        long texts,
        long skipped,
        long bad,
        List<BadLine> badLines,
        List<RailFigures> rails,
        Optional<RailFigures> together,
        Duration duration) {

    /** The figures of the configuration as a whole. */
    public RailFigures whole() {
        return together.orElseGet(() -> rails.get(0));
    }

    /** How many times a rail could not decide. */
    public long failed() {
        return rails.stream().mapToLong(RailFigures::failed).sum();
    }
}
