package dev.guardrails4j.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The scenario "soak": whether the server's heap grows with what it has seen. */
@Command(
        name = "soak",
        sortOptions = false,
        description = {
            "Requests that are all different, in text, model and thread, on rails, caches and stores, at saturation;",
            "after each round the server's heap is measured after a full collection."
        },
        footer = {"", "An hour: --minutes 60. Exit code 1 if a request failed, or the heap grew by more than --growth."
        })
final class SoakCommand implements Callable<Integer> {

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Option(names = "--requests", defaultValue = "1000000", description = "In all, at least; ${DEFAULT-VALUE}.")
    private long requests;

    @Option(names = "--minutes", defaultValue = "0", description = "In all, at least; ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--rounds", defaultValue = "10", description = "Of equal length; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--connections", defaultValue = "32", description = "Of the load generator; ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--growth",
            defaultValue = "1.1",
            description =
                    "How many times as full as at its emptiest the heap may be, without the first round; a short soak"
                            + " needs more than the default ${DEFAULT-VALUE}, for the caches fill.")
    private double growth;

    @Override
    public Integer call() throws InterruptedException {
        SoakSettings settings = options.valid(() -> new SoakSettings(requests, minutes, rounds, connections, growth));
        return options.run("soak", occasion -> {
            SoakReport report =
                    new SoakRun(settings, occasion, options.progress()).run(options.launcher(), options.serverJdk());
            return new ScenarioOptions.Figures(report, report.text(), report.isSound());
        });
    }
}
