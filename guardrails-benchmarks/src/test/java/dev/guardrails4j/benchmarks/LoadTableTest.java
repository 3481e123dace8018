package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LoadTableTest {

    private static final LoadSettings SETTINGS = new LoadSettings(1000, 64, 3, 6, 4, 10);

    @Test
    void comparesWithTheModelItselfAndWithNginx() {
        String table = table(0.5, Map.of(), 1.0, 1.5, 3.0);

        assertThat(table)
                .contains(
                        "median (lowest - highest) of 3 rounds, 64 connections", "open loop of 6 s at 1,000 requests/s")
                .containsPattern("straight to the model +2,000 \\(2,000 - 2,000\\) +2.00 +0.50 \\(0.50 - 0.50\\) +0.00")
                .containsPattern("through nginx +1,000 \\(1,000 - 1,000\\) +1.00 +1.00 \\(1.00 - 1.00\\) +0.50")
                .containsPattern("guarded +667 \\(333 - 1,000\\) +0.67 +1.50 \\(1.00 - 3.00\\) +1.00 .* 90\\R")
                .contains("errors: none", "server 25.0.1; load and mock 25.0.2", "Command: ./run it")
                .doesNotContain("Errors", "busy");
    }

    @Test
    void namesEveryErrorAndAMachineThatWasBusy() {
        String table = table(1.5, Map.of("HTTP 503", 1200L), 1.0);

        assertThat(table)
                .contains(
                        "1,200 x guarded: HTTP 503",
                        "5 x guarded: due, but no connection was free in time",
                        "It was busy")
                .doesNotContain("errors: none");
    }

    /** With rounds in which the model answers within half a millisecond, and nginx within one. */
    private static String table(double load, Map<String, Long> guardedErrors, double... guardedMillis) {
        Map<String, List<LoadReport.Round>> rounds = new LinkedHashMap<>();
        rounds.put(LoadReport.DIRECT, List.of(round(0.5, Map.of())));
        rounds.put(LoadReport.NGINX, List.of(round(1, Map.of())));
        rounds.put(
                "guarded",
                Arrays.stream(guardedMillis)
                        .mapToObj(millis -> round(millis, guardedErrors))
                        .toList());
        Machine machine = new Machine(2, "Linux", "25.0.2", "25.0.1", load, 3.0);
        return new LoadTable(
                        new LoadReport("passthrough", "now", "./run it", machine, SETTINGS, LoadReport.ways(rounds)))
                .text();
    }

    private static LoadReport.Round round(double millis, Map<String, Long> errors) {
        return new LoadReport.Round(phase(millis, errors, errors.isEmpty() ? 0 : 5), phase(millis, Map.of(), 0));
    }

    private static PhaseFigures phase(double millis, Map<String, Long> errors, long unsent) {
        Histogram nanos = LoadWorker.histogram();
        nanos.recordValueWithCount(Math.round(millis * 1e6), 100);
        long answered = Math.round(1000 / millis);
        Measurement measured = new Measurement(nanos, nanos, answered, errors, unsent, Duration.ofSeconds(1));
        return PhaseFigures.of(measured, Map.of("server", 90.0));
    }
}
