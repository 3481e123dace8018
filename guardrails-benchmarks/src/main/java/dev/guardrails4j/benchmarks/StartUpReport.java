package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures of the scenario "start-up", as they are written to the JSON file and shown. */
record StartUpReport(
        String scenario, String startedAt, String command, Machine machine, StartUpSettings settings, List<Way> ways) {

    private static final String ROW = "  %-26s %22s %22s %22s %22s%n";

    /**
     * One way to start.
     *
     * @param java what it runs on
     * @param hasCache whether with the cache that {@code guardrails warm} has made
     * @param healthMillis from starting the launcher to the first status 200 of {@code GET /v1/health}
     * @param chatMillis the same, to the first of a chat completion, which is asked for after that
     * @param processorMillis what the server's process has used until the first status 200, on all processors
     * @param residentMegabytes of memory after the chat completion; empty where the system does not tell
     */
    record Way(
            String java,
            boolean hasCache,
            Spread healthMillis,
            Spread chatMillis,
            Spread processorMillis,
            Optional<Spread> residentMegabytes) {

        private String name() {
            return java + (hasCache ? ", cache" : ", no cache");
        }
    }

    String text() {
        StringBuilder text = new StringBuilder(format(
                "%nstart-up: milliseconds from starting the launcher, median (lowest - highest) of %d starts, all ways in turn;%n"
                        + "%s%n%n",
                settings.starts(),
                settings.examples()
                        ? "the bundled examples, with the demo model"
                        : "one configuration with a mock model and one rail"));
        text.append(format(ROW, "", "to first 200", "to first chat", "processor ms to 200", "resident MB"));
        for (Way way : ways) {
            text.append(format(
                    ROW,
                    way.name(),
                    way.healthMillis().shown("%,.0f"),
                    way.chatMillis().shown("%,.0f"),
                    way.processorMillis().shown("%,.0f"),
                    way.residentMegabytes().map(spread -> spread.shown("%.0f")).orElse("?")));
        }
        return text + machine.shown() + format("Command: %s%n", command);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
