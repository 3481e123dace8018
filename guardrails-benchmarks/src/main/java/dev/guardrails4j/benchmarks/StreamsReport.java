package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The figures of the scenario "streams", as they are written to the JSON file and shown. */
record StreamsReport(
        String scenario, String startedAt, String command, Machine machine, StreamsSettings settings, List<Way> ways) {

    private static final String ROW = "  %-28s %14s %10s %10s %10s %12s %14s %18s%n";

    /**
     * One way to the streams. All times in milliseconds from when a word was said.
     *
     * @param wordsPerSecond that arrived
     * @param stalls words that came later than {@link StreamsSettings#STALL}
     * @param serverMicros its processor time for a word; empty where that is not known
     * @param heapBytes what the server's heap held after a full collection, while the streams were open
     * @param errors streams that broke off, by why
     */
    record Way(
            String name,
            double wordsPerSecond,
            double p50Millis,
            double p99Millis,
            double slowestMillis,
            long stalls,
            Optional<Double> serverMicros,
            Optional<Long> heapBytes,
            Map<String, Long> errors) {}

    StreamsReport {
        ways = List.copyOf(ways);
    }

    boolean isWhole() {
        return ways.stream().allMatch(way -> way.errors().isEmpty());
    }

    String text() {
        StringBuilder text = new StringBuilder(format(
                "%n%,d streams open at once, a word each %d ms, read for %.0f s;%n"
                        + "milliseconds from when a word was said to when it arrived; a stall is more than %d ms%n%n",
                settings.streams(), settings.gapMillis(), settings.seconds(), StreamsSettings.STALL.toMillis()));
        text.append(format(ROW, "", "words/s", "p50", "p99", "slowest", "stalls", "server us", "live heap, MiB"));
        for (Way way : ways) {
            text.append(format(
                    ROW,
                    way.name(),
                    format("%,.0f", way.wordsPerSecond()),
                    format("%.2f", way.p50Millis()),
                    format("%.1f", way.p99Millis()),
                    format("%.1f", way.slowestMillis()),
                    format("%,d", way.stalls()),
                    way.serverMicros().map(micros -> format("%.1f", micros)).orElse("-"),
                    way.heapBytes()
                            .map(bytes -> format("%.0f", bytes / 1048576.0))
                            .orElse("-")));
        }
        for (Way way : ways) {
            way.errors().forEach((error, count) -> text.append(format("  %,d x %s: %s%n", count, way.name(), error)));
        }
        return text + machine.shown() + format("Command: %s%n", command);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
