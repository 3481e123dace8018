package dev.guardrails4j.server.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A folder that an option names and that is there.
 *
 * @param path where it is
 */
record ExistingFolder(Path path) {

    static ExistingFolder parse(String text, Surroundings surroundings) {
        Path path;
        try {
            path = surroundings.path(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'%s' is not a path".formatted(text));
        }
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no folder %s".formatted(path));
        }
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("%s is a file; name the folder that it is in".formatted(path));
        }
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException("the folder %s cannot be read; check its permissions".formatted(path));
        }
        return new ExistingFolder(path);
    }
}
