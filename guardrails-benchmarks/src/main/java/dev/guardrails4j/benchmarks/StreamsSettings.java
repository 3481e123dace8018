package dev.guardrails4j.benchmarks;

import java.time.Duration;

/**
 * What the scenario "streams" measures.
 *
 * @param streams open at once
 * @param gapMillis between the words of each
 * @param openPerSecond how many are opened a second
 * @param seconds for which all are read
 */
record StreamsSettings(int streams, int gapMillis, double openPerSecond, double seconds) {

    /** A word that comes later than this after it was said is a stall. */
    static final Duration STALL = Duration.ofMillis(250);

    private static final int MOST_STREAMS = 20_000;
    private static final int LONGEST_GAP_MILLIS = 60_000;
    private static final double LONGEST_SECONDS = 3600;

    StreamsSettings {
        require(streams >= 1 && streams <= MOST_STREAMS, "--streams takes 1 to 20,000");
        require(gapMillis >= 1 && gapMillis <= LONGEST_GAP_MILLIS, "--gap takes 1 to 60,000 milliseconds");
        require(
                openPerSecond > 0 && openPerSecond <= MOST_STREAMS,
                "--open-per-second takes more than 0, at most 20,000");
        require(seconds > 0 && seconds <= LONGEST_SECONDS, "--seconds takes more than 0 and at most 3,600");
    }

    Duration gap() {
        return Duration.ofMillis(gapMillis);
    }

    Duration duration() {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
