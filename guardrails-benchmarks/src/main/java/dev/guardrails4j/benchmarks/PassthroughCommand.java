package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
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

/** The scenario "pass-through": what the server costs when it checks nothing. */
@Command(
        name = "passthrough",
        sortOptions = false,
        description =
                "Latency that the server adds at a fixed rate, and its throughput at saturation, with a configuration"
                        + " that checks nothing, beside calling the model directly.",
        footer = {"", "Exit code 1 if any request failed or nothing could be measured."})
final class PassthroughCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description = "Requests a second in the open loop; ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--connections", defaultValue = "64", description = "Of the load generator; ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--rounds", defaultValue = "3", description = "Direct and guarded in turn; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--rate-seconds",
            defaultValue = "6",
            description = "Each phase of the open loop; ${DEFAULT-VALUE}.")
    private double rateSeconds;

    @Option(
            names = "--saturation-seconds",
            defaultValue = "4",
            description = "Each phase of the closed loop; ${DEFAULT-VALUE}.")
    private double saturationSeconds;

    @Option(names = "--warm-up-seconds", defaultValue = "10", description = "Of the server; ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Milliseconds that the mock takes to answer; ${DEFAULT-VALUE}.")
    private int latencyMillis;

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
            names = "--guarded",
            paramLabel = "URL",
            description =
                    "Measures what answers there (http://host:port/v1) instead of starting a server. It has to call"
                            + " the mock, whose port --mock-port sets.")
    private Optional<URI> guarded = Optional.empty();

    @Option(names = "--mock-port", defaultValue = "0", description = "Port of the mock; 0, the default, for any.")
    private int mockPort;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "${sys:guardrails.results:-target/results}",
            description = "Where the JSON file and the logs go; ${DEFAULT-VALUE}.")
    private Path results = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        PassthroughSettings settings = settings();
        Instant startedAt = Instant.now();
        String name = "passthrough-" + TIME.format(startedAt);
        PrintWriter out = spec.commandLine().getOut();
        Path folder = results.resolve(name);
        try {
            Files.createDirectories(folder);
            PassthroughRun run = new PassthroughRun(
                    settings,
                    startedAt,
                    commandGiven(),
                    folder,
                    spec.commandLine().getErr());
            PassthroughReport report = guarded.isPresent()
                    ? run.through(guarded.get(), mockPort)
                    : run.throughDistribution(launcher, serverJdk, mockPort);
            Path json = results.resolve(name + ".json");
            Files.writeString(json, report.toJson());
            out.print(new PassthroughTable(report).text());
            out.println("JSON:    " + json);
            out.flush();
            return report.failures().isEmpty() ? 0 : 1;
        } catch (BenchmarkException | IOException e) {
            spec.commandLine().getErr().println("benchmark: " + e.getMessage() + "\nlogs: " + folder);
            return 1;
        }
    }

    private PassthroughSettings settings() {
        if (mockPort < 0 || mockPort > 65_535) {
            throw new ParameterException(spec.commandLine(), "--mock-port takes 0 to 65,535");
        }
        if (guarded.isPresent() && !Target.isAddress(guarded.get())) {
            throw new ParameterException(spec.commandLine(), "--guarded takes an address such as http://host:8000/v1");
        }
        try {
            return new PassthroughSettings(
                    rate, connections, rounds, rateSeconds, saturationSeconds, warmUpSeconds, latencyMillis);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String commandGiven() {
        return "./guardrails-benchmarks/run "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }
}
