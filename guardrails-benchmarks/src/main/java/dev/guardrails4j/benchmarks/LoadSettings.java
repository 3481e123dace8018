package dev.guardrails4j.benchmarks;

import java.time.Duration;

/**
 * How much load a scenario measures; all times in seconds.
 *
 * @param rate requests a second offered in the open loop
 * @param connections of the load generator, in both loops
 * @param rounds of all ways in turn, each in both loops
 * @param rateSeconds how long a phase of the open loop takes
 * @param saturationSeconds how long a phase of the closed loop takes
 * @param warmUpSeconds how long each way is loaded before
 */
record LoadSettings(
        double rate, int connections, int rounds, double rateSeconds, double saturationSeconds, double warmUpSeconds) {

    private static final double LONGEST_SECONDS = 3600;

    LoadSettings {
        require(rate > 0 && rate <= 1_000_000, "--rate takes more than 0 and at most 1,000,000 requests a second");
        require(connections >= 1 && connections <= 10_000, "--connections takes 1 to 10,000");
        require(rounds >= 1 && rounds <= 1_000, "--rounds takes 1 to 1,000");
        require(isTime(rateSeconds), "--rate-seconds takes more than 0 and at most 3,600");
        require(isTime(saturationSeconds), "--saturation-seconds takes more than 0 and at most 3,600");
        require(isTime(warmUpSeconds), "--warm-up-seconds takes more than 0 and at most 3,600");
    }

    Duration rateDuration() {
        return duration(rateSeconds);
    }

    Duration saturationDuration() {
        return duration(saturationSeconds);
    }

    Duration warmUp() {
        return duration(warmUpSeconds);
    }

    /** What the phases take together; the start of the processes comes on top. */
    Duration phases(int ways) {
        return duration(ways * (rounds * (rateSeconds + saturationSeconds) + warmUpSeconds));
    }

    private static boolean isTime(double seconds) {
        return seconds > 0 && seconds <= LONGEST_SECONDS;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
