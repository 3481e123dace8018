package dev.guardrails4j.api;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code models} in a configuration. Valid only during {@link ChatModelProvider#connect}.
 *
 * @since 0.1
 */
public interface ModelSetup {

    /** The entry's {@code type}: {@code "main"}, {@code "content_safety"} ... */
    String type();

    /** The entry's {@code engine}, in lower case. */
    String engine();

    /** The entry's model name; empty if each request must name one. */
    Optional<String> model();

    /**
     * The value of the environment variable that {@code api_key_env_var} names, for an engine whose address does not stand in
     * the configuration.
     */
    Optional<String> apiKey();

    /**
     * The same, for any engine.
     *
     * @param destination where it will be sent
     * @throws RailConfigurationException if the entry may not send it there
     */
    Optional<String> apiKey(URI destination);

    /**
     * The value of a variable that the engine usually takes its key from; empty if it is not set, or if the entry may not
     * send it there.
     *
     * @param variable the name of an environment variable
     * @param destination where its value will be sent
     */
    Optional<String> usualKey(String variable, URI destination);

    /** The entry's {@code parameters}, to be read by key: base URLs, time-outs, whatever the engine knows. */
    Settings parameters();

    /** Those of the {@code parameters} that were never read by key: to be sent with every request. Unmodifiable. */
    Map<String, Object> requestParameters();
}
