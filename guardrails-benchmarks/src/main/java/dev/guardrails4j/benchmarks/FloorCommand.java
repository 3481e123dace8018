package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The scenario "floor": what the server adds to models that take as long as real ones. */
@Command(
        name = "floor",
        sortOptions = false,
        description = {
            "Chat completions with two input rails in parallel, a slow model and an output rail, 5 s together:",
            "what the server adds to that, by how many requests run at once."
        },
        footer = {"", "Exit code 1 if any request failed or nothing could be measured."})
final class FloorCommand implements Callable<Integer> {

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Option(
            names = "--concurrent",
            split = ",",
            defaultValue = "1,32,64,256",
            description = "How many requests run at once; ${DEFAULT-VALUE}.")
    private List<Integer> levels = List.of();

    @Option(
            names = "--model",
            paramLabel = "MS",
            defaultValue = "4000",
            description = "Milliseconds that the model takes; ${DEFAULT-VALUE}.")
    private int modelMillis;

    @Option(
            names = "--rail",
            paramLabel = "MS",
            defaultValue = "500",
            description = "Milliseconds that a rail's judge takes; ${DEFAULT-VALUE}.")
    private int railMillis;

    @Option(names = "--seconds", defaultValue = "20", description = "For each of them; ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up-seconds",
            defaultValue = "10",
            description = "Of the server, and of each slow model; ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    @Override
    public Integer call() throws InterruptedException {
        FloorSettings settings =
                options.valid(() -> new FloorSettings(levels, modelMillis, railMillis, seconds, warmUpSeconds));
        return options.run("floor", occasion -> {
            FloorReport report =
                    new FloorRun(settings, occasion, options.progress()).run(options.launcher(), options.serverJdk());
            return new ScenarioOptions.Figures(report, report.text(), report.isWhole());
        });
    }
}
