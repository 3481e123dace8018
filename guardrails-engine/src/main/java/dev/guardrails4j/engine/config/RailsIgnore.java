package dev.guardrails4j.engine.config;

import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The patterns of a {@code .railsignore}: one a line, {@code #} begins a comment. A pattern is held against a file's name
 * and against its path below the configuration folder; {@code *} also stands for slashes, as in the reference. What lies
 * in a folder that matches is ignored with it.
 */
final class RailsIgnore {

    static final String FILE_NAME = ".railsignore";

    private static final int MAX_PATTERNS = 1_000;

    private final List<PathMatcher> matchers;

    private RailsIgnore(List<PathMatcher> matchers) {
        this.matchers = matchers;
    }

    /** The patterns for a configuration folder: of the file in it, or else of the one beside it, as the reference looks upwards. */
    static RailsIgnore of(Path folder, Problems problems) {
        return files(folder)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> read(file, problems))
                .orElseGet(() -> new RailsIgnore(List.of()));
    }

    /** Where the patterns for a configuration folder are looked for, in that order. */
    static Stream<Path> files(Path folder) {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        return Stream.of(folder, parent).filter(Objects::nonNull).map(place -> place.resolve(FILE_NAME));
    }

    private static RailsIgnore read(Path file, Problems problems) {
        List<PathMatcher> matchers = new ArrayList<>();
        int line = 0;
        for (String written : BoundedFile.read(file, problems).orElse("").split("\n", -1)) {
            line++;
            String pattern = written.strip();
            if (pattern.isEmpty() || pattern.startsWith("#")) {
                continue;
            }
            Location location = new Location(file.toString(), line);
            if (pattern.startsWith("!")) {
                problems.error(location, "patterns that begin with ! are not supported; list what is to be ignored");
            } else if (matchers.size() == MAX_PATTERNS) {
                problems.error(location, "more than " + MAX_PATTERNS + " patterns");
                break;
            } else {
                add(pattern, file.getFileSystem(), location, matchers, problems);
            }
        }
        return new RailsIgnore(List.copyOf(matchers));
    }

    private static void add(
            String pattern, FileSystem fileSystem, Location location, List<PathMatcher> matchers, Problems problems) {
        try {
            matchers.add(fileSystem.getPathMatcher("glob:" + toGlob(pattern)));
        } catch (PatternSyntaxException invalid) {
            problems.error(location, "not a pattern for file names: " + invalid.getDescription());
        }
    }

    /** Java's {@code *} stops at slashes and braces are alternatives there; neither is so in the reference's patterns. */
    private static String toGlob(String pattern) {
        String trimmed = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return trimmed.replaceAll("[\\\\{}]", "\\\\$0").replaceAll("\\*+", "**");
    }

    /** @param path below the configuration folder */
    boolean ignores(Path path) {
        return matchers.stream()
                .anyMatch(matcher -> matcher.matches(path) || matcher.matches(path.getName(path.getNameCount() - 1)));
    }
}
