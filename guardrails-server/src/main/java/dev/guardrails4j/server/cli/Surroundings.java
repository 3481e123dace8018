package dev.guardrails4j.server.cli;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command finds around it.
 *
 * @param workingFolder what relative paths start from
 * @param userHome what {@code ~} stands for
 * @param home the folder that holds {@code rails/}, if the launcher said so; without it the rails are on the class path
 * @param files the folder that holds {@code examples/} and {@code plugins/}, if the launcher said so
 * @param startUpCache where the start-up cache of this Java is or will be, if the launcher said so
 * @param environment the value of an environment variable by its name
 * @param input what the user types
 * @param isInteractive whether a person sits at both ends, and not a pipe
 */
public record Surroundings(
        Path workingFolder,
        Path userHome,
        Optional<Path> home,
        Optional<Path> files,
        Optional<Path> startUpCache,
        Function<String, Optional<String>> environment,
        InputStream input,
        boolean isInteractive) {

    /** Those of this process, as the launcher {@code guardrails} passes them. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home", "/")),
                fromLauncher("guardrails.home"),
                fromLauncher("guardrails.files"),
                fromLauncher("guardrails.cache"),
                name -> Optional.ofNullable(System.getenv(name)),
                System.in,
                Boolean.getBoolean("guardrails.interactive"));
    }

    /** The input as text. */
    BufferedReader typed() {
        return new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    }

    private static Optional<Path> fromLauncher(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }

    /** The path that a user means: {@code ~} is the user's home, and what is relative starts at the working folder. */
    Path path(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return userHome.resolve(text.substring(Math.min(2, text.length()))).normalize();
        }
        return workingFolder.resolve(text).normalize();
    }

    /** Where copies of plug-in jars are kept from one start to the next: in the user's folder for such things. */
    Path pluginCopies() {
        return environment
                .apply("XDG_CACHE_HOME")
                .filter(folder -> !folder.isBlank())
                .map(this::path)
                .orElse(userHome.resolve(".cache"))
                .resolve("guardrails4j")
                .resolve("plugins");
    }

    /** A path as it is best shown to the user: relative if it is below the working folder. */
    String show(Path path) {
        if (path.equals(workingFolder)) {
            return ".";
        }
        return path.startsWith(workingFolder) ? workingFolder.relativize(path).toString() : path.toString();
    }
}
