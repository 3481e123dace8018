package dev.guardrails4j.engine.config;

/**
 * Something wrong with a configuration.
 *
 * @param severity whether the configuration can be used all the same
 * @param location where
 * @param message what is wrong and what to do about it
 */
public record Problem(Severity severity, Location location, String message) {

    /** How bad a problem is. */
    public enum Severity {
        /** The configuration cannot be used. */
        ERROR,
        /** The configuration can be used, and does something that its author may not expect. */
        WARNING
    }

    public static Problem error(Location location, String message) {
        return new Problem(Severity.ERROR, location, message);
    }

    public static Problem warning(Location location, String message) {
        return new Problem(Severity.WARNING, location, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code configs/support/config.yml:14: unknown flow ...}. */
    @Override
    public String toString() {
        return location + ": " + (isError() ? "" : "warning: ") + message;
    }
}
