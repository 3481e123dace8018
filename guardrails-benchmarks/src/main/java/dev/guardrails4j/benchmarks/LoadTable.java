package dev.guardrails4j.benchmarks;

import java.util.Locale;

/** A report of load as people read it. */
final class LoadTable {

    private static final String ROW = "  %-34s %26s %9s %22s %8s %24s %8s %10s%n";

    private final LoadReport report;

    LoadTable(LoadReport report) {
        this.report = report;
    }

    String text() {
        LoadSettings settings = report.settings();
        StringBuilder text = new StringBuilder(format(
                "%n%s: median (lowest - highest) of %d rounds, %d connections%n"
                        + "requests/s in a closed loop of %s s; p50 and p99 in ms from when a request was due, in an"
                        + " open loop of %s s at %,.0f requests/s%n%n",
                report.scenario(),
                settings.rounds(),
                settings.connections(),
                plain(settings.saturationSeconds()),
                plain(settings.rateSeconds()),
                settings.rate()));
        text.append(format(ROW, "", "requests/s", "of nginx", "p50", "added", "p99", "added", "server us"));
        for (LoadReport.Way way : report.ways()) {
            text.append(format(
                    ROW,
                    way.name(),
                    way.perSecond().shown("%,.0f"),
                    way.ofNginx().map(ratio -> format("%.2f", ratio)).orElse("-"),
                    way.p50Millis().shown("%.2f"),
                    format("%.2f", way.addedP50Millis()),
                    way.p99Millis().shown("%.2f"),
                    format("%.2f", way.addedP99Millis()),
                    way.serverMicros().map(micros -> format("%.0f", micros)).orElse("-")));
        }
        return text + failures() + report.machine().shown() + format("Command: %s%n", report.command());
    }

    private String failures() {
        StringBuilder text = new StringBuilder();
        for (LoadReport.Way way : report.ways()) {
            way.failures().forEach((error, count) -> text.append(format("  %,d x %s: %s%n", count, way.name(), error)));
        }
        return text.isEmpty() ? format("  errors: none%n") : format("%nErrors; they are in no figure above:%n") + text;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
