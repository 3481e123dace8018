package dev.guardrails4j.benchmarks;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How much load a scenario is to send, as options. */
final class LoadOptions {

    private final double defaultRate;

    @Option(
            names = "--rate",
            description = "Requests a second in the open loop; by default those that the scenario's budget names.")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--connections", defaultValue = "64", description = "Of the load generator; ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--rounds", defaultValue = "3", description = "Of all ways in turn; ${DEFAULT-VALUE}.")
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

    @Option(names = "--warm-up-seconds", defaultValue = "10", description = "Of each way; ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    /** @param defaultRate requests a second where the command line says none */
    LoadOptions(double defaultRate) {
        this.defaultRate = defaultRate;
    }

    /**
     * What was given.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    LoadSettings settings() {
        return new LoadSettings(
                rate.orElse(defaultRate), connections, rounds, rateSeconds, saturationSeconds, warmUpSeconds);
    }
}
