package dev.guardrails4j.engine.config;

import java.util.Collection;

/**
 * Something wrong with a configuration.
 *
 * @param severity whether the configuration can be used all the same
 * @param kind what sort of mistake it is
 * @param location where
 * @param path the keys that lead there ({@code rails.input.flows[0]}); empty for the configuration as a whole
 * @param message what is wrong and what to do about it
 */
public record Problem(Severity severity, Kind kind, Location location, String path, String message) {

    /** What a configuration says may be as long as its file: a message quotes no more of it than can be read. */
    private static final int MAX_MESSAGE = 2_000;

    private static final String CUT = " [...] ";

    public Problem {
        message = shortened(message);
    }

    /** How bad a problem is. */
    public enum Severity {
        /** The configuration cannot be used. */
        ERROR,
        /** The configuration can be used, and does something that its author may not expect. */
        WARNING
    }

    /** Sorts of mistakes that the reference's servers have words of their own for, contract "checks" 6.2. */
    public enum Kind {
        /** A key that has to be there is not. */
        MISSING,
        /** There is no such key. */
        UNKNOWN_KEY,
        /** A value is not what its key takes. */
        VALUE,
        /** Anything else: the parts of the configuration do not go together. */
        RULE
    }

    /** A problem of no one key. */
    public Problem(Severity severity, Location location, String message) {
        this(severity, Kind.RULE, location, "", message);
    }

    public static Problem error(Location location, String message) {
        return new Problem(Severity.ERROR, location, message);
    }

    public static Problem warning(Location location, String message) {
        return new Problem(Severity.WARNING, location, message);
    }

    /** @param mend how to mend it: {@code "write the message's template"} */
    static Problem missing(Location location, String path, String mend) {
        return new Problem(Severity.ERROR, Kind.MISSING, location, path, path + " is missing; " + mend);
    }

    /**
     * A value that will not do.
     *
     * @param problem what is wrong with it, as it goes on from its path: {@code " must be a list"}
     */
    public static Problem value(Location location, String path, String problem) {
        String subject = path.isEmpty() ? "the configuration" : path;
        return new Problem(Severity.ERROR, Kind.VALUE, location, path, subject + problem);
    }

    /** A key that is none of the known ones. */
    static Problem unknownKey(ConfigNode map, String key, Collection<String> known) {
        ConfigNode value = map.entries().getOrDefault(key, map);
        return new Problem(
                Severity.ERROR,
                Kind.UNKNOWN_KEY,
                value.location(),
                map.pathOf(key),
                "unknown key '" + key + "'" + (map.path().isEmpty() ? "" : " in " + map.path())
                        + Spelling.suggestionOrAll(key, known));
    }

    /** Without its middle if it is too long: the mend is at its end. */
    private static String shortened(String message) {
        int half = (MAX_MESSAGE - CUT.length()) / 2;
        return message.length() <= MAX_MESSAGE
                ? message
                : message.substring(0, half) + CUT + message.substring(message.length() - half);
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
