package dev.guardrails4j.server.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** The command line in a folder of its own, with an environment of its own. */
final class Cli {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String input = "";
    private Optional<Path> files = Optional.empty();

    Cli(Path folder) {
        this.folder = folder;
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli typing(String text) {
        this.input = text;
        return this;
    }

    /** Lets the command find the examples and plug-ins of this folder, as the launcher does. */
    Cli withFilesOf(Path root) {
        this.files = Optional.of(root);
        return this;
    }

    /** Writes a file below the working folder. */
    Cli file(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Surroundings surroundings() {
        return new Surroundings(
                folder,
                folder.resolve("home"),
                Optional.empty(),
                files,
                Optional.empty(),
                name -> Optional.ofNullable(environment.get(name)),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                false);
    }

    /** Executes a command and returns its exit code. */
    int run(String... arguments) {
        CommandLine commandLine = GuardrailsCommand.commandLine(surroundings(), arguments);
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
