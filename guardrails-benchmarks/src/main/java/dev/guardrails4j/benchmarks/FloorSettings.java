package dev.guardrails4j.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * What the scenario "floor" measures.
 *
 * @param levels how many requests run at once, one after the other
 * @param modelMillis how long the model takes
 * @param railMillis how long each judge of a rail takes
 * @param seconds for each of them
 * @param warmUpSeconds for the server with models that answer at once, and for each of the slow models
 */
record FloorSettings(List<Integer> levels, int modelMillis, int railMillis, double seconds, double warmUpSeconds) {

    private static final double LONGEST_SECONDS = 3600;
    private static final int LONGEST_MILLIS = 60_000;
    private static final int MOST_AT_ONCE = 2_000;

    FloorSettings {
        levels = List.copyOf(levels);
        if (levels.isEmpty() || levels.stream().anyMatch(level -> level < 1 || level > MOST_AT_ONCE)) {
            throw new IllegalArgumentException("--concurrent takes numbers from 1 to 2,000, with commas between them");
        }
        if (modelMillis < 0 || modelMillis > LONGEST_MILLIS || railMillis < 0 || railMillis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("--model and --rail take 0 to 60,000 milliseconds");
        }
        if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw new IllegalArgumentException("--seconds takes more than 0 and at most 3,600");
        }
        if (!(warmUpSeconds > 0 && warmUpSeconds <= LONGEST_SECONDS)) {
            throw new IllegalArgumentException("--warm-up-seconds takes more than 0 and at most 3,600");
        }
    }

    /** How long models take together: the judges of the message beside each other, the model, the judge of its answer. */
    Duration floor() {
        return Duration.ofMillis(modelMillis + 2L * railMillis);
    }

    Duration duration() {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    Duration warmUp() {
        return Duration.ofNanos(Math.round(warmUpSeconds * 1e9));
    }
}
