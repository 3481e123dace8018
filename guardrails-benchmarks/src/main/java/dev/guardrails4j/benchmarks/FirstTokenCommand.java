package dev.guardrails4j.benchmarks;

import dev.guardrails4j.benchmarks.ScenarioOptions.Figures;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The scenario "first token": how much later than from the model a streamed answer begins. */
@Command(
        name = "first-token",
        sortOptions = false,
        description = "How long the first words of a streamed answer take: straight from the model, through the server,"
                + " and through output rails that show words before or after they are checked.",
        footer = {"", "Exit code 1 if a stream was not whole or nothing could be measured."})
final class FirstTokenCommand implements Callable<Integer> {

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Option(names = "--rounds", defaultValue = "5", description = "Of all ways in turn; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--requests", defaultValue = "40", description = "Of each way in a round; ${DEFAULT-VALUE}.")
    private int requests;

    @Option(names = "--tokens", defaultValue = "30", description = "That the model says; ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--gap",
            paramLabel = "MS",
            defaultValue = "2",
            description = "Milliseconds between two tokens; ${DEFAULT-VALUE}.")
    private int gapMillis;

    @Option(
            names = "--chunk-size",
            paramLabel = "TOKENS",
            defaultValue = "10",
            description = "The window of the output rails; ${DEFAULT-VALUE}.")
    private int chunkSize;

    @Override
    public Integer call() throws InterruptedException {
        FirstTokenSettings settings =
                options.valid(() -> new FirstTokenSettings(rounds, requests, tokens, gapMillis, chunkSize));
        return options.run("first-token", occasion -> {
            FirstTokenReport report = new FirstTokenRun(settings, occasion.folder(), options.progress())
                    .run(occasion.startedAt().toString(), occasion.command(), options.launcher(), options.serverJdk());
            return new Figures(report, report.text(), true);
        });
    }
}
