package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Runs scenarios as the command line does, with results in a folder and stand-ins for the server's launcher. */
final class ScenarioCommand {

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    ScenarioCommand(Path folder) {
        this.folder = folder;
    }

    /** Runs a scenario and returns the exit code. */
    int run(String scenario, String... options) {
        return execute(Stream.concat(Stream.of(scenario, "--results=" + results()), Stream.of(options))
                .toArray(String[]::new));
    }

    /** Executes the command line with just these arguments and returns the exit code. */
    int execute(String... arguments) {
        return Benchmarks.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    Path results() {
        return folder.resolve("results");
    }

    /** The one JSON file that was written. */
    JsonNode report() throws IOException {
        try (Stream<Path> files = Files.list(results())) {
            Path json = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            return new ObjectMapper().readTree(json.toFile());
        }
    }

    /** The option for a launcher that runs a program with the port, the seventh of what it gets, as its argument. */
    String launcherOf(Class<?> program) throws IOException {
        return launcher("exec " + java(program) + " \"${7}\"");
    }

    /** The option for a launcher that is this shell script. */
    String launcher(String script) throws IOException {
        Path launcher = folder.resolve("guardrails");
        Files.writeString(launcher, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        return "--launcher=" + launcher;
    }

    /** How a shell runs a program of these tests. */
    static String java(Class<?> program) {
        return "'%s' -cp '%s' '%s'"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        program.getName());
    }
}
