package dev.guardrails4j.benchmarks;

import dev.guardrails4j.benchmarks.ScenarioOptions.Figures;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

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

    @Override
    public Integer call() throws InterruptedException {
        ChecksSettings settings = options.valid(
                () -> new ChecksSettings(rate, connections, rounds, rateSeconds, saturationSeconds, warmUpSeconds));
        return options.run("checks", occasion -> {
            ChecksReport report = new ChecksRun(
                            settings, occasion.folder(), spec.commandLine().getErr())
                    .run(occasion.startedAt().toString(), occasion.command(), options.launcher(), options.serverJdk());
            return new Figures(report, report.text(), report.failures() == 0);
        });
    }
}
