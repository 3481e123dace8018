package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;

/** The figures of the scenario "soak", as they are written to the JSON file and shown. */
record SoakReport(
        String scenario, String startedAt, String command, Machine machine, SoakSettings settings, List<Round> rounds) {

    private static final String ROW = "  %6s %14s %12s %16s%n";

    /**
     * What one round gave.
     *
     * @param requests answered since the beginning
     * @param perSecond in this round
     * @param liveHeapBytes what the server's heap held after a full collection at its end
     * @param errors of this round, by what they were
     */
    record Round(long requests, double perSecond, long liveHeapBytes, Map<String, Long> errors) {}

    SoakReport {
        rounds = List.copyOf(rounds);
    }

    /** The fullest heap over the emptiest, without the first round, in which caches fill. */
    double growth() {
        LongSummaryStatistics heaps =
                rounds.stream().skip(1).mapToLong(Round::liveHeapBytes).summaryStatistics();
        return (double) heaps.getMax() / heaps.getMin();
    }

    boolean isSound() {
        return growth() <= settings.growth() && errors().isEmpty();
    }

    String text() {
        StringBuilder text = new StringBuilder(
                format("%nsoak: every text, model name and thread is new; %d connections%n%n", settings.connections()));
        text.append(format(ROW, "round", "requests", "requests/s", "live heap, MiB"));
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            text.append(format(
                    ROW,
                    i + 1,
                    format("%,d", round.requests()),
                    format("%,.0f", round.perSecond()),
                    format("%.1f", round.liveHeapBytes() / 1048576.0)));
        }
        text.append(format(
                "%n  fullest heap / emptiest, from the second round on: %.3f, which is %s%n",
                growth(),
                growth() <= settings.growth()
                        ? "flat"
                        : format("more than the %.2f that count as flat", settings.growth())));
        errors().forEach((error, count) -> text.append(format("  %,d x %s%n", count, error)));
        return text + machine.shown() + format("Command: %s%n", command);
    }

    private Map<String, Long> errors() {
        Map<String, Long> all = new TreeMap<>();
        rounds.forEach(round -> round.errors().forEach((error, count) -> all.merge(error, count, Long::sum)));
        return all;
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
