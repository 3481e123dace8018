package dev.guardrails4j.engine.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How the spans of a configuration's requests are to look, and which files they are written to: contract "config and rails"
 * 6.5. What a configuration that is not the operator's says of it does not count.
 *
 * @param isLegacy {@code span_format: legacy}: spans are named as the reference named them first
 * @param capturesContent {@code enable_content_capture}: spans hold what was said
 * @param files of the adapters {@code FileSystem}, absolute; whether there is anything to write is the server's to say
 */
public record TracingConfig(boolean isLegacy, boolean capturesContent, Set<Path> files) {

    /** The usual names, nothing of what was said, and no files. */
    public static final TracingConfig DEFAULT = new TracingConfig(false, false, Set.of());

    /** Checks what it is made of. */
    public TracingConfig {
        files = Set.copyOf(files);
    }

    /** What holds for both together. */
    TracingConfig and(TracingConfig other) {
        Set<Path> both = new LinkedHashSet<>(files);
        both.addAll(other.files);
        return new TracingConfig(isLegacy || other.isLegacy, capturesContent || other.capturesContent, both);
    }
}
