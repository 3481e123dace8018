package dev.guardrails4j.engine.plugin;

import java.util.Optional;

/**
 * What a plug-in says of itself in {@code META-INF/guardrails/plugin.yml}, or else in its manifest. All of it is optional.
 *
 * @param name what it is called
 * @param version its version
 * @param description what it is for, in a sentence
 * @param vendor who makes it
 * @param homepage where to read on
 * @param api the versions of guardrails-api that it works with, as it is written
 */
public record PluginDescription(
        Optional<String> name,
        Optional<String> version,
        Optional<String> description,
        Optional<String> vendor,
        Optional<String> homepage,
        Optional<String> api) {

    /** Says nothing. */
    public static final PluginDescription NONE = new PluginDescription(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
