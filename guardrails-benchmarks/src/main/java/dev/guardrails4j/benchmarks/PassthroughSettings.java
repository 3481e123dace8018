package dev.guardrails4j.benchmarks;

import java.time.Duration;

/**
 * How much is measured; all times in seconds.
 *
 * @param rate requests a second offered in the open loop
 * @param connections of the load generator, in both loops
 * @param rounds of four phases each: both loops, straight to the mock and through the server
 * @param rateSeconds how long a phase of the open loop takes
 * @param saturationSeconds how long a phase of the closed loop takes
 * @param warmUpSeconds how long the server is loaded before; the mock is for a quarter of it
 * @param mockLatencyMillis how long the mock takes to answer
 */
record PassthroughSettings(
        double rate,
        int connections,
        int rounds,
        double rateSeconds,
        double saturationSeconds,
        double warmUpSeconds,
        int mockLatencyMillis) {

    private static final double LONGEST_SECONDS = 3600;

    PassthroughSettings {
        require(rate > 0 && rate <= 1_000_000, "--rate takes more than 0 and at most 1,000,000 requests a second");
        require(connections >= 1 && connections <= 10_000, "--connections takes 1 to 10,000");
        require(rounds >= 1 && rounds <= 1_000, "--rounds takes 1 to 1,000");
        require(isTime(rateSeconds), "--rate-seconds takes more than 0 and at most 3,600");
        require(isTime(saturationSeconds), "--saturation-seconds takes more than 0 and at most 3,600");
        require(isTime(warmUpSeconds), "--warm-up-seconds takes more than 0 and at most 3,600");
        require(mockLatencyMillis >= 0 && mockLatencyMillis <= 60_000, "--latency takes 0 to 60,000 milliseconds");
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

    /** What the phases take together; the start of the server comes on top. */
    Duration phases() {
        return duration(rounds * 2 * (rateSeconds + saturationSeconds) + 1.25 * warmUpSeconds);
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
