package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class PassthroughTableTest {

    private static final PassthroughSettings SETTINGS = new PassthroughSettings(1000, 64, 3, 6, 4, 10, 0);

    @Test
    void showsMediansTheirSpreadAndWhatIsAdded() {
        String table = table(0.5, Map.of(), 1.0, 1.5, 3.0);

        assertThat(table)
                .contains(
                        "median (lowest - highest) of 3 rounds",
                        "1,000 requests/s offered",
                        "64 connections, 6 s a round")
                .containsPattern("p50 +0.50 \\(0.50 - 0.50\\) +1.50 \\(1.00 - 3.00\\) +1.00\\R")
                .containsPattern("requests/s +2,000 \\(2,000 - 2,000\\) +667 \\(333 - 1,000\\) +0.33\\R")
                .containsPattern("errors +0 +0")
                .contains("processor time of a guarded request: server 90 us")
                .contains("server 25.0.1; load and mock 25.0.2", "Command: ./run it")
                .doesNotContain("Errors", "busy");
    }

    @Test
    void namesEveryErrorAndAMachineThatWasBusy() {
        String table = table(1.5, Map.of("HTTP 503", 1200L), 1.0);

        assertThat(table)
                .containsPattern("errors +0 +1205\\D")
                .contains("1,200 x HTTP 503", "5 x due, but no connection was free in time", "It was busy");
    }

    /** With rounds in which the direct answers take half a millisecond. */
    private static String table(double load, Map<String, Long> guardedErrors, double... guardedMillis) {
        List<PassthroughReport.Round> rounds = Arrays.stream(guardedMillis)
                .mapToObj(millis -> new PassthroughReport.Round(
                        phase(0.5, Map.of(), 0), phase(millis, guardedErrors, guardedErrors.isEmpty() ? 0 : 5),
                        phase(0.5, Map.of(), 0), phase(millis, Map.of(), 0)))
                .toList();
        Machine machine = new Machine(2, "Linux", "25.0.2", "25.0.1", load, 3.0);
        return new PassthroughTable(PassthroughReport.of("now", "./run it", machine, SETTINGS, rounds)).text();
    }

    private static PhaseFigures phase(double millis, Map<String, Long> errors, long unsent) {
        Histogram nanos = LoadWorker.histogram();
        nanos.recordValueWithCount(Math.round(millis * 1e6), 100);
        long answered = Math.round(1000 / millis);
        Measurement measured = new Measurement(nanos, nanos, answered, errors, unsent, Duration.ofSeconds(1));
        return PhaseFigures.of(measured, Map.of("server", 90.0));
    }
}
