package dev.guardrails4j.engine.config;

/**
 * A place in a configuration.
 *
 * @param file the file's path as the user would name it; {@code "inline"} for a configuration that came over HTTP
 * @param line the line, counted from 1; 0 if there are no lines to count
 */
public record Location(String file, int line) {

    /** {@code configs/support/config.yml:14}. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
