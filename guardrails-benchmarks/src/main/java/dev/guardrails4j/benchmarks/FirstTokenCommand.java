package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The scenario "first token": how much later than from the model a streamed answer begins. */
@Command(
        name = "first-token",
        sortOptions = false,
        description = "How long the first words of a streamed answer take: straight from the model, through the server,"
                + " and through output rails that show words before or after they are checked.",
        footer = {"", "Exit code 1 if a stream was not whole or nothing could be measured."})
final class FirstTokenCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec = CommandSpec.create();

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

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            defaultValue = "${sys:guardrails.launcher:-bin/guardrails}",
            description = "bin/guardrails of the distribution to measure; ${DEFAULT-VALUE}.")
    private Path launcher = Path.of("");

    @Option(
            names = "--server-jdk",
            paramLabel = "HOME",
            description = "Java to run the server on; else the newest found.")
    private Optional<Path> serverJdk = Optional.empty();

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "${sys:guardrails.results:-target/results}",
            description = "Where the JSON file and the logs go; ${DEFAULT-VALUE}.")
    private Path results = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        FirstTokenSettings settings = settings();
        Instant startedAt = Instant.now();
        String name = "first-token-" + TIME.format(startedAt);
        Path folder = results.resolve(name);
        try {
            Files.createDirectories(folder);
            FirstTokenReport report = new FirstTokenRun(
                            settings, folder, spec.commandLine().getErr())
                    .run(startedAt.toString(), commandGiven(), launcher, serverJdk);
            Path json = results.resolve(name + ".json");
            Files.writeString(json, report.toJson());
            spec.commandLine().getOut().println(report.text() + "JSON:    " + json);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (BenchmarkException | IOException e) {
            spec.commandLine().getErr().println("benchmark: " + e.getMessage() + "\nlogs: " + folder);
            return 1;
        }
    }

    private FirstTokenSettings settings() {
        try {
            return new FirstTokenSettings(rounds, requests, tokens, gapMillis, chunkSize);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String commandGiven() {
        return "./guardrails-benchmarks/run "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }
}
