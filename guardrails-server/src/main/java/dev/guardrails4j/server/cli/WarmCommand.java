package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.startup.StartUpCache;
import dev.guardrails4j.server.startup.TrainingException;
import dev.guardrails4j.server.startup.TrainingRun;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code guardrails warm}: makes the cache by which later starts are faster. */
@Command(
        name = "warm",
        description = {
            "Makes every start on this Java and this machine about twice as fast, once and for all: starts a server for the",
            "JVM to watch, sends it requests, stops it, and keeps what the JVM has learnt (an AOT cache from JDK 25 on, a",
            "class-data archive before). Takes some seconds, and some 50 MB.",
            "",
            "'guardrails' uses the cache whenever it fits. After an update, of Guardrails4J or of Java, it no longer fits",
            "and is passed over: make it again. Each Java has a cache of its own; they lie beside each other."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails warm                                for the Java that 'guardrails' runs on",
            "  GUARDRAILS_JAVA_HOME=/opt/jdk guardrails warm  for another",
            "  GUARDRAILS_CACHE=~/.cache/guardrails guardrails warm",
            "",
            "Environment:",
            "  GUARDRAILS_CACHE      the folder for caches, instead of 'cache' in the distribution; set it for both",
            "                        'guardrails warm' and 'guardrails server'",
            "  GUARDRAILS_JAVA_OPTS  options for the JVM; give the same as to 'guardrails server', since a cache may",
            "                        not fit others (-XX:+UseCompactObjectHeaders, for one)"
        })
final class WarmCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    WarmCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path home = surroundings.home().orElseThrow(WarmCommand::unlaunched);
        Path files = surroundings.files().orElseThrow(WarmCommand::unlaunched);
        StartUpCache cache = new StartUpCache(surroundings.startUpCache().orElseThrow(WarmCommand::unlaunched));
        TrainingRun run = new TrainingRun(
                home.resolve("bin").resolve("guardrails"),
                files.resolve("examples").resolve("configs"),
                Path.of(System.getProperty("java.home")),
                surroundings.environment().apply("GUARDRAILS_JAVA_OPTS").orElse(""));
        long beganNanos = System.nanoTime();
        try {
            long bytes = run.make(cache);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "Java %s (%s) will start faster by %s, %d MB, made in %.1f s%n",
                            System.getProperty("java.version"),
                            System.getProperty("java.vendor"),
                            surroundings.show(cache.file()),
                            bytes / 1_000_000,
                            (System.nanoTime() - beganNanos) / 1e9);
            return ExitCode.OK;
        } catch (TrainingException e) {
            throw new CommandFailure(
                    "no start-up cache was made; everything works without, only starts are slower: " + e.getMessage());
        } catch (FileSystemException e) {
            throw new CommandFailure(
                    "no start-up cache was made: %s cannot be written (%s); set GUARDRAILS_CACHE to a folder that can, for 'guardrails warm' and for 'guardrails server'"
                            .formatted(surroundings.show(cache.folder()), e));
        } catch (IOException e) {
            throw new CommandFailure("no start-up cache was made: " + e);
        }
    }

    private static CommandFailure unlaunched() {
        return new CommandFailure(
                "a start-up cache can be made only by the launcher, bin/guardrails of a distribution");
    }
}
