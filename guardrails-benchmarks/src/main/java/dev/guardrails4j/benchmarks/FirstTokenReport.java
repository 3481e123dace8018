package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Locale;

/** The figures of the scenario "first token", as they are written to the JSON file and shown. */
record FirstTokenReport(
        String scenario,
        String startedAt,
        String command,
        Machine machine,
        FirstTokenSettings settings,
        List<Way> ways) {

    private static final String ROW = "  %-44s %22s %22s %10s%n";

    /**
     * One way to the model.
     *
     * @param name what it is called
     * @param p50Millis from the request to the first words of the answer, over the rounds
     * @param p99Millis the same
     */
    record Way(String name, Spread p50Millis, Spread p99Millis) {}

    String text() {
        StringBuilder text = new StringBuilder(format(
                "%nMilliseconds to the first words, median (lowest - highest) of %d rounds of %d requests, one at a time;%n"
                        + "the model says %d tokens, %d ms apart%n%n",
                settings.rounds(), settings.requests(), settings.tokens(), settings.gapMillis()));
        text.append(format(ROW, "", "p50", "p99", "added p50"));
        double direct = ways.get(0).p50Millis().median();
        for (Way way : ways) {
            double added = way.p50Millis().median() - direct;
            text.append(format(
                    ROW,
                    way.name(),
                    way.p50Millis().shown("%.2f"),
                    way.p99Millis().shown("%.2f"),
                    format("%.2f", added)));
        }
        return text + machine.shown() + format("Command: %s%n", command);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
