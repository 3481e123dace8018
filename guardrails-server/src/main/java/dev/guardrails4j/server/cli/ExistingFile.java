package dev.guardrails4j.server.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file that an option names and that can be read.
 *
 * @param path where it is
 */
record ExistingFile(Path path) {

    static ExistingFile parse(String text, Surroundings surroundings) {
        Path path;
        try {
            path = surroundings.path(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'%s' is not a path".formatted(text));
        }
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no file %s".formatted(path));
        }
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException("%s is a folder; name a file in it".formatted(path));
        }
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException("the file %s cannot be read; check its permissions".formatted(path));
        }
        return new ExistingFile(path);
    }
}
