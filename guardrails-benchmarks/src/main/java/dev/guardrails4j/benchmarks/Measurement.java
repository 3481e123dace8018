package dev.guardrails4j.benchmarks;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What one phase of load gave.
 *
 * @param latency of the answers with status 200, in nanoseconds from when the request was due to its last byte,
 *     beyond the floor where there is one
 * @param sendToAnswer the same answers, from when the request was really sent: without what it waited for a connection
 * @param answeredInTime how many of them came within the duration
 * @param errors everything else that came of a request, by what it was
 * @param unsent requests that were due and could not be sent, even after the duration
 * @param duration of the phase as planned
 */
record Measurement(
        Histogram latency,
        Histogram sendToAnswer,
        long answeredInTime,
        Map<String, Long> errors,
        long unsent,
        Duration duration) {

    private static final double NANOS_IN_MILLI = 1e6;

    Measurement {
        errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    }

    /** In milliseconds, of the latency from when the request was due. */
    double millisAt(double percentile) {
        return latency.getValueAtPercentile(percentile) / NANOS_IN_MILLI;
    }

    double throughput() {
        return answeredInTime * 1e9 / duration.toNanos();
    }

    /** All requests that were not answered with 200. */
    long failures() {
        return unsent + errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
