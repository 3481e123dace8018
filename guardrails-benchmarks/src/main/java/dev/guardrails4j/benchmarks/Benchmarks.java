package dev.guardrails4j.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code ./guardrails-benchmarks/run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Measures Guardrails4J. One command a scenario, bounded in time; README.md says what the numbers mean.",
        subcommands = {PassthroughCommand.class, MockCommand.class},
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
        return new CommandLine(new Benchmarks()).setUsageHelpAutoWidth(true);
    }
}
