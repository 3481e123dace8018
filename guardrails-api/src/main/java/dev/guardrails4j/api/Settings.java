package dev.guardrails4j.api;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A read-only, typed view of one section of a configuration. Every method without a default throws {@link
 * RailConfigurationException} if the key is missing; every method throws it, naming file, line and key, if the value is
 * of another type. Immutable for its reader; safe for use by many threads.
 */
public interface Settings {

    /** Whether the configuration has this section at all. */
    boolean isPresent();

    /** The keys that the configuration sets, in its order; empty if there is no such section. */
    Set<String> keys();

    String string(String key);

    String string(String key, String defaultValue);

    /** A list of strings; a single string is a list of one. */
    List<String> strings(String key);

    List<String> strings(String key, List<String> defaultValue);

    int integer(String key, int defaultValue);

    double number(String key, double defaultValue);

    boolean flag(String key, boolean defaultValue);

    /** A length of time: a number of seconds, or a number with its unit ({@code 250ms}, {@code 5s}, {@code 2m}). */
    Duration duration(String key, Duration defaultValue);

    /** The section below {@code key}; an empty one if the configuration does not have it. */
    Settings section(String key);

    /** The list of sections below {@code key}; empty if the configuration does not have it. */
    List<Settings> sections(String key);

    /**
     * An exception that says where in the configuration a value is wrong.
     *
     * @param key the key whose value is wrong, or one that is missing
     * @param problem what is wrong and what would be right, without the place
     */
    RailConfigurationException error(String key, String problem);
}
