package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.evaluation.Numbers;

/** How numbers are put into words. */
final class Wording {

    private Wording() {}

    /** {@code "1 rail"}, {@code "2,000 rails"}. */
    static String count(long number, String noun) {
        return Numbers.count(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
