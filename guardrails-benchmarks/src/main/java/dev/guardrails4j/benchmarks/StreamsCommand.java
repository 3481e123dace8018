package dev.guardrails4j.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The scenario "streams": thousands of answers that are being streamed at once. */
@Command(
        name = "streams",
        sortOptions = false,
        description =
                "Many open streams, read by one client: how late words arrive, straight from the model, through nginx"
                        + " and through the server, and what the server's heap holds meanwhile.",
        footer = {"", "Exit code 1 if any stream broke off or nothing could be measured."})
final class StreamsCommand implements Callable<Integer> {

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Option(names = "--streams", defaultValue = "5000", description = "Open at once; ${DEFAULT-VALUE}.")
    private int streams;

    @Option(
            names = "--gap",
            paramLabel = "MS",
            defaultValue = "500",
            description = "Between the words of a stream; ${DEFAULT-VALUE}.")
    private int gapMillis;

    @Option(
            names = "--open-per-second",
            defaultValue = "500",
            description = "How many streams are opened a second; ${DEFAULT-VALUE}.")
    private double openPerSecond;

    @Option(names = "--seconds", defaultValue = "20", description = "For which all are read; ${DEFAULT-VALUE}.")
    private double seconds;

    @Override
    public Integer call() throws InterruptedException {
        StreamsSettings settings = options.valid(() -> new StreamsSettings(streams, gapMillis, openPerSecond, seconds));
        return options.run("streams", occasion -> {
            StreamsReport report =
                    new StreamsRun(settings, occasion, options.progress()).run(options.launcher(), options.serverJdk());
            return new ScenarioOptions.Figures(report, report.text(), report.isWhole());
        });
    }
}
