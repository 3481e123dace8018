package dev.guardrails4j.benchmarks;

import dev.guardrails4j.benchmarks.detectors.SecretsCommand;
import dev.guardrails4j.benchmarks.detectors.SensitiveDataCommand;
import dev.guardrails4j.benchmarks.detectors.SpeedCommand;
import dev.guardrails4j.benchmarks.detectors.TrainInjectionCommand;
import dev.guardrails4j.benchmarks.detectors.TrainNamesCommand;
import dev.guardrails4j.benchmarks.engine.EngineSpeedCommand;
import dev.guardrails4j.benchmarks.plugins.WallsCommand;
import dev.guardrails4j.server.evaluation.Half;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The command line of {@code ./guardrails-benchmarks/run}. */
@Command(
        name = "run",
        description =
                "Measures Guardrails4J. One command a scenario, bounded in time; README.md says what the numbers mean.",
        subcommands = {
            PassthroughCommand.class,
            FirstTokenCommand.class,
            ChecksCommand.class,
            ContentSafetyCommand.class,
            ThreadsCommand.class,
            FloorCommand.class,
            StreamsCommand.class,
            SoakCommand.class,
            ProfileCommand.class,
            StartUpCommand.class,
            MockCommand.class,
            SensitiveDataCommand.class,
            SecretsCommand.class,
            TrainNamesCommand.class,
            TrainInjectionCommand.class,
            SpeedCommand.class,
            EngineSpeedCommand.class,
            WallsCommand.class
        },
        synopsisSubcommandLabel = "SCENARIO")
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs a scenario and ends this process with its exit code.
     *
     * @param arguments the scenario and its options
     */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Benchmarks())
                .registerConverter(Half.class, Half::parse)
                .setUsageHelpAutoWidth(true);
        commandLine
                .getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Show this help and exit.")
                        .build());
        return commandLine;
    }
}
