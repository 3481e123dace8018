package dev.guardrails4j.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as people read it. */
final class PassthroughTable {

    private static final String ROW = "  %-12s %24s %24s %14s%n";

    private final PassthroughReport report;

    PassthroughTable(PassthroughReport report) {
        this.report = report;
    }

    String text() {
        PassthroughSettings settings = report.settings();
        return format("%nPass-through, median (lowest - highest) of %d rounds%n%n", settings.rounds())
                + format(
                        "%,.0f requests/s offered: open loop, %d connections, %s s a round;"
                                + " latency in ms from when a request was due%n",
                        settings.rate(), settings.connections(), plain(settings.rateSeconds()))
                + latencies()
                + format(
                        "%nSaturation: closed loop, %d connections, %s s a round%n",
                        settings.connections(), plain(settings.saturationSeconds()))
                + saturation()
                + failures()
                + origin();
    }

    private String latencies() {
        StringBuilder rows = new StringBuilder(format(ROW, "", "direct", "guarded", "added"));
        for (PassthroughReport.Latency latency : report.offered()) {
            rows.append(format(
                    ROW,
                    latency.percentile(),
                    spread(latency.directMillis(), "%.2f"),
                    spread(latency.guardedMillis(), "%.2f"),
                    format("%.2f", latency.addedMillis())));
        }
        return rows
                + format(
                        ROW,
                        "errors",
                        report.failures(PassthroughReport.Round::directOffered),
                        report.failures(PassthroughReport.Round::guardedOffered),
                        "");
    }

    private String saturation() {
        PassthroughReport.Saturation saturation = report.saturation();
        return format(ROW, "", "direct", "guarded", "ratio")
                + format(
                        ROW,
                        "requests/s",
                        spread(saturation.direct(), "%,.0f"),
                        spread(saturation.guarded(), "%,.0f"),
                        format("%.2f", saturation.ratio()))
                + format(
                        ROW,
                        "errors",
                        report.failures(PassthroughReport.Round::directSaturation),
                        report.failures(PassthroughReport.Round::guardedSaturation),
                        "")
                + processorTimes(saturation.guardedProcessorMicrosPerRequest());
    }

    private static String processorTimes(Map<String, Double> micros) {
        return micros.isEmpty()
                ? ""
                : micros.entrySet().stream()
                        .map(entry -> format("%s %.0f us", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ", "  processor time of a guarded request: ", format("%n")));
    }

    private String failures() {
        Map<String, Long> failures = report.failures();
        return failures.isEmpty()
                ? ""
                : failures.entrySet().stream()
                        .map(entry -> format("  %,d x %s%n", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(
                                "",
                                format("%nErrors; what was answered otherwise is all that is measured above:%n"),
                                ""));
    }

    private String origin() {
        Machine machine = report.machine();
        return format(
                        "%nMachine: %d cores shared by load, mock and server; %s;"
                                + " load average %.1f before, %.1f after%n",
                        machine.processors(), machine.system(), machine.loadAverageBefore(), machine.loadAverageAfter())
                + (machine.wasBusy()
                        ? format("         It was busy before the run began: the figures are doubtful.%n")
                        : "")
                + format("Java:    server %s; load and mock %s%n", machine.serverJava(), machine.loadJava())
                + format("Command: %s%n", report.command());
    }

    private static String spread(Spread spread, String number) {
        return format(number, spread.median()) + " (" + format(number, spread.lowest()) + " - "
                + format(number, spread.highest()) + ")";
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
