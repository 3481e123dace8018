package dev.guardrails4j.server.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What the JVM would otherwise find out anew at each start, kept in a file for one Java. The launcher uses it if it is as
 * long as the file {@code <name>.size} beside it says, and no younger than that, since JVMs crash on a damaged one; all else
 * that may not fit, the JVM sees itself. Two processes may write the same cache at once: one of them wins.
 *
 * @param file where it is or will be; ends in {@code .aot} for an AOT cache (JEP 514), else it is a dynamic class-data
 *     archive (JEP 350)
 */
public record StartUpCache(Path file) {

    /** What it lies in. */
    public Path folder() {
        return file.resolveSibling("");
    }

    /** The option by which a JVM writes such a cache when it ends. */
    String trainingOption(String target) {
        return (isAheadOfTime() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + target;
    }

    private boolean isAheadOfTime() {
        return file.getFileName().toString().endsWith(".aot");
    }

    /**
     * Makes sure that a cache can be put here, before time is spent on making one.
     *
     * @throws IOException if its folder is not there and cannot be made, or cannot be written to
     */
    void requireWritable() throws IOException {
        Files.createDirectories(folder());
        Path probe = beside("probe");
        try {
            Files.createFile(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Puts a cache that was made elsewhere into this one's place, in one step each for the cache and its size. */
    void replaceBy(Path made) throws IOException {
        put(Files.copy(made, beside("new"), StandardCopyOption.REPLACE_EXISTING), file);
        put(
                Files.writeString(beside("new"), Files.size(file) + "\n"),
                file.resolveSibling(file.getFileName() + ".size"));
    }

    private static void put(Path fresh, Path target) throws IOException {
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path beside(String kind) {
        return file.resolveSibling(
                "%s.%d.%s".formatted(file.getFileName(), ProcessHandle.current().pid(), kind));
    }
}
