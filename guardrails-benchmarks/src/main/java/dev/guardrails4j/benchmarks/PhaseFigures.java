package dev.guardrails4j.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One phase as it is written down.
 *
 * @param requestsPerSecond answered with 200 within the phase's time
 * @param latencyMillis by percentile, from when a request was due
 * @param sendToAnswerMillis the same, from when it was really sent
 * @param answered requests answered with 200, late ones too
 * @param errors by what they were
 * @param unsent requests due that no connection was free for
 * @param processorMicrosPerRequest processor time, by process; empty where the system does not tell
 */
record PhaseFigures(
        double requestsPerSecond,
        Map<String, Double> latencyMillis,
        Map<String, Double> sendToAnswerMillis,
        long answered,
        Map<String, Long> errors,
        long unsent,
        Map<String, Double> processorMicrosPerRequest) {

    /** The percentiles that are written down, in order. */
    static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 100.0);

    PhaseFigures {
        latencyMillis = Collections.unmodifiableMap(new LinkedHashMap<>(latencyMillis));
        sendToAnswerMillis = Collections.unmodifiableMap(new LinkedHashMap<>(sendToAnswerMillis));
        processorMicrosPerRequest = Collections.unmodifiableMap(new LinkedHashMap<>(processorMicrosPerRequest));
    }

    static PhaseFigures of(Measurement measured, Map<String, Double> processorMicrosPerRequest) {
        return new PhaseFigures(
                measured.throughput(),
                millis(measured.latency()),
                millis(measured.sendToAnswer()),
                measured.latency().getTotalCount(),
                measured.errors(),
                measured.unsent(),
                processorMicrosPerRequest);
    }

    /** {@code p50}, {@code p99.9}, {@code p100}. */
    static String nameOf(double percentile) {
        return "p" + (percentile == Math.rint(percentile) ? Long.toString(Math.round(percentile)) : "" + percentile);
    }

    double latencyMillisAt(double percentile) {
        return latencyMillis.getOrDefault(nameOf(percentile), Double.NaN);
    }

    long failures() {
        return unsent + errors.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Double> millis(Histogram nanos) {
        Map<String, Double> millis = new LinkedHashMap<>();
        for (double percentile : PERCENTILES) {
            millis.put(nameOf(percentile), nanos.getValueAtPercentile(percentile) / 1e6);
        }
        return millis;
    }
}
