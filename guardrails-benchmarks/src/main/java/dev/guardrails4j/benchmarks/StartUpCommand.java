package dev.guardrails4j.benchmarks;

import dev.guardrails4j.benchmarks.ScenarioOptions.Figures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The scenario "start-up": how long it takes from starting the launcher to the first answers. */
@Command(
        name = "start-up",
        sortOptions = false,
        description = "How long a start takes, from the launcher to the first answer of GET /v1/health and of a chat"
                + " completion: without and with the cache that 'guardrails warm' makes, which is made first.",
        footer = {"", "Exit code 1 if nothing could be measured."})
final class StartUpCommand implements Callable<Integer> {

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Option(names = "--starts", defaultValue = "10", description = "Of each way, in turn; ${DEFAULT-VALUE}.")
    private int starts;

    @Option(
            names = "--examples",
            description =
                    "Serve the bundled examples, as 'guardrails server' does, instead of one small configuration.")
    private boolean examples;

    @Option(
            names = "--also-on",
            paramLabel = "HOME",
            split = ",",
            description = "Further Javas to start on in the same run, beside that of --server-jdk.")
    private List<Path> others = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        StartUpSettings settings = options.valid(() -> new StartUpSettings(
                starts,
                examples,
                Stream.concat(options.serverJdk().stream(), others.stream()).toList()));
        return options.run("start-up", occasion -> {
            StartUpReport report = new StartUpRun(settings, occasion.folder(), options.progress())
                    .run(occasion.startedAt().toString(), occasion.command(), options.launcher());
            return new Figures(report, report.text(), true);
        });
    }
}
