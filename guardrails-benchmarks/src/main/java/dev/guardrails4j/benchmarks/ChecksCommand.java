package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The scenario "checks": how many checks a second the server answers, and how fast. */
@Command(
        name = "checks",
        sortOptions = false,
        description =
                "Guardrail check requests over HTTP with rails that need no model: how many a second at saturation,"
                        + " and how fast at a fixed rate; beside a route that checks nothing.",
        footer = {"", "Exit code 1 if any request failed or nothing could be measured."})
final class ChecksCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rate",
            defaultValue = "2000",
            description = "Checks a second in the open loop; ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--connections", defaultValue = "64", description = "Of the load generator; ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--rounds", defaultValue = "3", description = "Of all configurations in turn; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--rate-seconds",
            defaultValue = "5",
            description = "Each phase of the open loop; ${DEFAULT-VALUE}.")
    private double rateSeconds;

    @Option(
            names = "--saturation-seconds",
            defaultValue = "5",
            description = "Each phase of the closed loop; ${DEFAULT-VALUE}.")
    private double saturationSeconds;

    @Option(names = "--warm-up-seconds", defaultValue = "8", description = "Of each configuration; ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            defaultValue = "${sys:guardrails.launcher:-bin/guardrails}",
            description = "bin/guardrails of the distribution to measure; ${DEFAULT-VALUE}.")
    private Path launcher = Path.of("");

    @Option(
            names = "--server-jdk",
            paramLabel = "HOME",
            description = "Java to run the server on; else the newest found.")
    private Optional<Path> serverJdk = Optional.empty();

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "${sys:guardrails.results:-target/results}",
            description = "Where the JSON file and the logs go; ${DEFAULT-VALUE}.")
    private Path results = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        ChecksSettings settings = settings();
        Instant startedAt = Instant.now();
        String name = "checks-" + TIME.format(startedAt);
        Path folder = results.resolve(name);
        try {
            Files.createDirectories(folder);
            ChecksReport report = new ChecksRun(
                            settings, folder, spec.commandLine().getErr())
                    .run(startedAt.toString(), commandGiven(), launcher, serverJdk);
            Path json = results.resolve(name + ".json");
            Files.writeString(json, report.toJson());
            spec.commandLine().getOut().println(report.text() + "JSON:    " + json);
            spec.commandLine().getOut().flush();
            return report.failures() == 0 ? 0 : 1;
        } catch (BenchmarkException | IOException e) {
            spec.commandLine().getErr().println("benchmark: " + e.getMessage() + "\nlogs: " + folder);
            return 1;
        }
    }

    private ChecksSettings settings() {
        try {
            return new ChecksSettings(rate, connections, rounds, rateSeconds, saturationSeconds, warmUpSeconds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String commandGiven() {
        return "./guardrails-benchmarks/run "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }
}
