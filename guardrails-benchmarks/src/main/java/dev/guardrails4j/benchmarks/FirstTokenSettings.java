package dev.guardrails4j.benchmarks;

import java.time.Duration;

/**
 * What the scenario "first token" measures.
 *
 * @param rounds of all ways in turn
 * @param requests of each way in a round, one after the other
 * @param tokens that the model says
 * @param gapMillis between one and the next
 * @param chunkSize the window of the output rails, in tokens
 */
record FirstTokenSettings(int rounds, int requests, int tokens, int gapMillis, int chunkSize) {

    FirstTokenSettings {
        require(rounds >= 1 && rounds <= 1_000, "--rounds takes 1 to 1,000");
        require(requests >= 1 && requests <= 100_000, "--requests takes 1 to 100,000");
        require(tokens >= 1 && tokens <= 100_000, "--tokens takes 1 to 100,000");
        require(gapMillis >= 0 && gapMillis <= 10_000, "--gap takes 0 to 10,000 milliseconds");
        require(chunkSize >= 1 && chunkSize <= tokens, "--chunk-size takes 1 to the number of tokens");
    }

    Duration gap() {
        return Duration.ofMillis(gapMillis);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
