package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SoakReportTest {

    @Test
    void leavesTheFirstRoundOutOfTheGrowth() {
        SoakReport report = report(round(50, Map.of()), round(100, Map.of()), round(109, Map.of()));

        assertThat(report.growth()).isEqualTo(1.09);
        assertThat(report.isSound()).isTrue();
        assertThat(report.text()).contains("1.090, which is flat");
    }

    @Test
    void isUnsoundIfTheHeapGrows() {
        SoakReport report = report(round(100, Map.of()), round(100, Map.of()), round(111, Map.of()));

        assertThat(report.isSound()).isFalse();
        assertThat(report.text()).contains("more than the 1.10 that count as flat");
    }

    @Test
    void isUnsoundIfRequestsFail() {
        SoakReport report =
                report(round(100, Map.of("HTTP 503", 2L)), round(100, Map.of("HTTP 503", 1L)), round(100, Map.of()));

        assertThat(report.isSound()).isFalse();
        assertThat(report.text()).contains("3 x HTTP 503");
    }

    private static SoakReport.Round round(long mebibytes, Map<String, Long> errors) {
        return new SoakReport.Round(1_000, 10, mebibytes << 20, errors);
    }

    private static SoakReport report(SoakReport.Round... rounds) {
        return new SoakReport(
                "soak",
                "now",
                "./run it",
                new Machine(2, "Linux", "25.0.2", "25.0.1", 0.1, 3.0),
                new SoakSettings(3_000, 0, 3, 8, 1.1),
                List.copyOf(Arrays.asList(rounds)));
    }
}
