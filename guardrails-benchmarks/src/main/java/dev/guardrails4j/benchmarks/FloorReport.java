package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Locale;

/** The figures of the scenario "floor", as they are written to the JSON file and shown. */
record FloorReport(
        String scenario,
        String startedAt,
        String command,
        Machine machine,
        FloorSettings settings,
        List<Level> levels) {

    private static final String ROW = "  %12s %12s %22s %12s %12s %12s %16s %10s%n";

    /**
     * What so many requests at once gave. All times in milliseconds from when a request was due.
     *
     * @param answered with status 200
     * @param modelsLateMillis what the same load takes in the median, sent straight to the models one after the other, beyond
     *     the time that they are told to take
     * @param overFloor percentiles beyond the time that all models are told to take
     * @param failures everything else
     */
    record Level(int concurrent, long answered, double modelsLateMillis, OverFloor overFloor, long failures) {}

    /** Milliseconds. */
    record OverFloor(double p50, double p90, double p99) {}

    FloorReport {
        levels = List.copyOf(levels);
    }

    boolean isWhole() {
        return levels.stream().allMatch(level -> level.failures() == 0);
    }

    String text() {
        StringBuilder text = new StringBuilder(format(
                "%nMilliseconds beyond the %,d that the models take, from when a request was due;%n"
                        + "requests evenly spread, %s s for each row%n%n",
                settings.floor().toMillis(), settings.seconds()));
        text.append(format(
                ROW,
                "concurrent",
                "answered",
                "models' own lateness",
                "p50",
                "p90",
                "p99",
                "p50 added to it",
                "errors"));
        for (Level level : levels) {
            text.append(format(
                    ROW,
                    level.concurrent(),
                    level.answered(),
                    format("%.2f", level.modelsLateMillis()),
                    format("%.2f", level.overFloor().p50()),
                    format("%.2f", level.overFloor().p90()),
                    format("%.2f", level.overFloor().p99()),
                    format("%.2f", level.overFloor().p50() - level.modelsLateMillis()),
                    level.failures()));
        }
        return text + machine.shown() + format("Command: %s%n", command);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
