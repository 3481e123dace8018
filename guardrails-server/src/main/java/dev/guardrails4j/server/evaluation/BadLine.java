package dev.guardrails4j.server.evaluation;

/**
 * A line of a data file that cannot be used.
 *
 * @param place where: {@code "attacks.jsonl:17"}
 * @param problem what is wrong with it; does not quote it
 */
public record BadLine(String place, String problem) {

    @Override
    public String toString() {
        return place + ": " + problem;
    }
}
