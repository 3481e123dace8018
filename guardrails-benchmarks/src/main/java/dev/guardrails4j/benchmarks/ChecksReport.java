package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Locale;

/** The figures of the scenario "checks", as they are written to the JSON file and shown. */
record ChecksReport(
        String scenario, String startedAt, String command, Machine machine, ChecksSettings settings, List<Way> ways) {

    private static final String ROW = "  %-28s %24s %22s %22s %12s%n";

    /**
     * One thing that is asked of the server.
     *
     * @param name what it is called
     * @param perSecond answers a second at saturation, over the rounds
     * @param p50Millis at the fixed rate, from when a check was due
     * @param p99Millis the same
     * @param serverMicros processor time of the server for a check, at saturation
     * @param failures checks without an answer of status 200
     */
    record Way(String name, Spread perSecond, Spread p50Millis, Spread p99Millis, Spread serverMicros, long failures) {}

    ChecksReport {
        ways = List.copyOf(ways);
    }

    long failures() {
        return ways.stream().mapToLong(Way::failures).sum();
    }

    String text() {
        StringBuilder text = new StringBuilder(format(
                "%nChecks, median (lowest - highest) of %d rounds, %d connections;%n"
                        + "closed loop of %.1f s, open loop of %.1f s at %,.0f checks a second, latency in ms from when"
                        + " one was due%n%n",
                settings.rounds(),
                settings.connections(),
                settings.saturationSeconds(),
                settings.rateSeconds(),
                settings.rate()));
        text.append(format(ROW, "", "checks/s at saturation", "p50", "p99", "server us"));
        for (Way way : ways) {
            text.append(format(
                    ROW,
                    way.name(),
                    shown(way.perSecond(), "%,.0f"),
                    shown(way.p50Millis(), "%.2f"),
                    shown(way.p99Millis(), "%.2f"),
                    format("%.0f", way.serverMicros().median())));
        }
        return text
                + format("  errors: %d%n", failures())
                + format(
                        "%nMachine: %d cores shared by load and server; %s; load average %.1f before, %.1f after%n%s"
                                + "Java:    server %s; load %s%nCommand: %s%n",
                        machine.processors(),
                        machine.system(),
                        machine.loadAverageBefore(),
                        machine.loadAverageAfter(),
                        machine.wasBusy()
                                ? format("         It was busy before the run began: the figures are doubtful.%n")
                                : "",
                        machine.serverJava(),
                        machine.loadJava(),
                        command);
    }

    private static String shown(Spread spread, String number) {
        return format(number, spread.median()) + " (" + format(number, spread.lowest()) + " - "
                + format(number, spread.highest()) + ")";
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
