package dev.guardrails4j.benchmarks;

import java.time.Duration;

/**
 * What the scenario "soak" does.
 *
 * @param requests at least so many are answered in all
 * @param minutes at least so long, in all
 * @param rounds after each of which the heap is measured
 * @param connections of the load generator
 * @param growth the fullest heap may be so many times the emptiest, without the first round
 */
record SoakSettings(long requests, double minutes, int rounds, int connections, double growth) {

    private static final int FEWEST_ROUNDS = 3;
    private static final int MOST_MINUTES = 7 * 24 * 60;

    SoakSettings {
        require(requests >= 1 && requests <= 1_000_000_000L, "--requests takes 1 to 1,000,000,000");
        require(minutes >= 0 && minutes <= MOST_MINUTES, "--minutes takes 0 to 10,080");
        require(rounds >= FEWEST_ROUNDS && rounds <= 1_000, "--rounds takes 3 to 1,000");
        require(growth >= 1 && growth <= 100, "--growth takes 1 to 100");
        require(connections >= 1 && connections <= 10_000, "--connections takes 1 to 10,000");
    }

    long requestsOfRound() {
        return (requests + rounds - 1) / rounds;
    }

    Duration durationOfRound() {
        return Duration.ofNanos(Math.round(minutes * 60e9 / rounds));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
