package dev.guardrails4j.benchmarks;

import dev.guardrails4j.benchmarks.ScenarioOptions.Figures;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

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
            names = "--guarded",
            paramLabel = "URL",
            description =
                    "Measures what answers there (http://host:port/v1) instead of starting a server. It has to call"
                            + " the mock, whose port --mock-port sets.")
    private Optional<URI> guarded = Optional.empty();

    @Option(names = "--mock-port", defaultValue = "0", description = "Port of the mock; 0, the default, for any.")
    private int mockPort;

    @Override
    public Integer call() throws InterruptedException {
        PassthroughSettings settings = settings();
        return options.run("passthrough", occasion -> {
            PassthroughRun run = new PassthroughRun(
                    settings,
                    occasion.startedAt(),
                    occasion.command(),
                    occasion.folder(),
                    spec.commandLine().getErr());
            PassthroughReport report = guarded.isPresent()
                    ? run.through(guarded.get(), mockPort)
                    : run.throughDistribution(options.launcher(), options.serverJdk(), mockPort);
            return new Figures(
                    report,
                    new PassthroughTable(report).text(),
                    report.failures().isEmpty());
        });
    }

    private PassthroughSettings settings() {
        if (mockPort < 0 || mockPort > 65_535) {
            throw new ParameterException(spec.commandLine(), "--mock-port takes 0 to 65,535");
        }
        if (guarded.isPresent() && !Target.isAddress(guarded.get())) {
            throw new ParameterException(spec.commandLine(), "--guarded takes an address such as http://host:8000/v1");
        }
        return options.valid(() -> new PassthroughSettings(
                rate, connections, rounds, rateSeconds, saturationSeconds, warmUpSeconds, latencyMillis));
    }
}
