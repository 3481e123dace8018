package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every scenario that measures a server, and what becomes of its figures. */
final class ScenarioOptions {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new Jdk8Module()).enable(SerializationFeature.INDENT_OUTPUT);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

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

    /** {@code bin/guardrails} of the distribution to measure. */
    Path launcher() {
        return launcher;
    }

    /** Java to run the server on; empty for the newest. */
    Optional<Path> serverJdk() {
        return serverJdk;
    }

    /**
     * A run that is about to begin.
     *
     * @param command as it was given
     * @param folder takes the logs; exists
     */
    record Occasion(Instant startedAt, String command, Path folder) {}

    /**
     * What a run has given.
     *
     * @param report a record of numbers and texts, for the JSON file
     * @param table the same as people read it
     * @param areWhole whether every request was answered as it should be
     */
    record Figures(Object report, String table, boolean areWhole) {

        static Figures of(LoadReport report) {
            return new Figures(report, new LoadTable(report).text(), report.isWhole());
        }
    }

    /** What a scenario does. */
    interface Measuring {

        /**
         * Measures.
         *
         * @throws BenchmarkException if nothing could be measured
         */
        Figures measure(Occasion occasion) throws IOException, InterruptedException;
    }

    /**
     * Measures, shows the table, and writes the JSON file.
     *
     * @param scenario what the files are called
     * @return the exit code
     */
    int run(String scenario, Measuring measuring) throws InterruptedException {
        CommandLine commandLine = spec.commandLine();
        Instant startedAt = Instant.now();
        Path folder = results.resolve(scenario + "-" + TIME.format(startedAt));
        try {
            Files.createDirectories(folder);
            Figures figures = measuring.measure(new Occasion(startedAt, commandGiven(), folder));
            Path json = Path.of(folder + ".json");
            Files.writeString(json, JSON.writeValueAsString(figures.report()) + "\n");
            commandLine.getOut().println(figures.table() + "JSON:    " + json);
            commandLine.getOut().flush();
            return figures.areWhole() ? 0 : 1;
        } catch (BenchmarkException | IOException e) {
            commandLine.getErr().println("benchmark: " + e.getMessage() + "\nlogs: " + folder);
            return 1;
        }
    }

    /** Loads a server that is started for it, and shows what that gave. Returns the exit code. */
    int run(LoadScenario scenario, LoadSettings settings) throws InterruptedException {
        return run(
                scenario.name(),
                occasion -> Figures.of(new LoadRun(scenario, settings, occasion, progress())
                        .throughDistribution(launcher, serverJdk, 0)));
    }

    /** To whoever waits for the scenario. */
    Progress progress() {
        return new Progress(spec.commandLine().getErr());
    }

    /** Settings made of what was given; values that are out of range are told as the command line's fault. */
    <T> T valid(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String commandGiven() {
        return "./guardrails-benchmarks/run "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }
}
