package dev.guardrails4j.server.cli;

/** How numbers are put into words. */
final class Wording {

    private Wording() {}

    /** {@code "1 rail"}, {@code "2 rails"}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
