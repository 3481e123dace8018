package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file of SHA-256 sums, a line each, as {@code sha256sum} prints them; {@code #} begins a remark. */
final class Allowlist {

    private static final long MAX_BYTES = 1024 * 1024;

    private Allowlist() {}

    /** The sums in a file. A list that cannot be read lets nobody in: the command fails. */
    static Set<String> read(Path file) {
        Set<String> sums = new HashSet<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                try {
                    sums.add(PluginTrust.sum(text.split("\\s+", 2)[0]));
                } catch (IllegalArgumentException e) {
                    throw new CommandFailure("the allow-list of plug-ins cannot be used: %s:%d %s"
                            .formatted(file, number, e.getMessage()));
                }
            }
        }
        return sums;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new CommandFailure("the allow-list of plug-ins is longer than 1 MiB: " + file);
            }
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandFailure("the allow-list of plug-ins cannot be read: " + file);
        }
    }
}
