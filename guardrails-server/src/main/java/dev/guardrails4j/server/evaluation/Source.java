package dev.guardrails4j.server.evaluation;

import java.nio.file.Path;

/**
 * A data file.
 *
 * @param path where it is
 * @param name how it is called where lines of it are named
 */
public record Source(Path path, String name) {}
