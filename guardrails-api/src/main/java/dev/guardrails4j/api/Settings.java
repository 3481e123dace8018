package dev.guardrails4j.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A read-only, typed view of one section of a configuration. Every method without a default throws {@link
 * RailConfigurationException} if the key is missing; every method throws it, naming file, line and key, if the value is
 * of another type. Immutable for its reader; safe for use by many threads.
 *
 * <p>A configuration may come from a caller, over HTTP, who must not reach through it what only the operator may: other
 * machines, keys, files. Whoever calls an address reads it with {@link #uri}, and whoever sends a key reads that with
 * {@link #secret}: both refuse what the operator's own configurations do not use and {@code server.yml} does not allow. As a
 * safeguard, {@link #string} and {@link #strings} refuse in such a configuration what looks like an address or the name
 * of a file or key variable.
 *
 * @since 0.1
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

    /**
     * Texts that are looked for and neither called nor opened, whatever they look like: patterns, words. A single string is
     * a list of one.
     */
    List<String> literals(String key, List<String> defaultValue);

    /** One such text. */
    String literal(String key);

    /**
     * An address to be called: absolute, {@code http} or {@code https}, with a host, without user, password or fragment. A
     * blank string is one that is missing.
     */
    URI uri(String key);

    /**
     * The same. Where a caller's configuration has no such key it must be allowed to reach the default.
     *
     * @param defaultValue as {@link #uri(String)} would give it
     */
    URI uri(String key, URI defaultValue);

    /**
     * The value of the environment variable whose name stands behind {@code key} ({@code "api_key_env_var"}); empty if the
     * configuration has no such key. Not to be logged, shown, or sent anywhere else.
     *
     * @param destination where it will be sent
     * @throws RailConfigurationException if the variable is not set or may not be sent there
     */
    Optional<String> secret(String key, URI destination);

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
