package dev.guardrails4j.engine.config;

import java.util.Optional;

/**
 * One entry of {@code models}.
 *
 * @param type what the model is for: {@code "main"}, {@code "content_safety"} ...
 * @param engine how it is reached, in lower case
 * @param model its name; empty if each request names one
 * @param apiKeyVariable the environment variable that holds its key, checked to be set
 * @param parameters the entry's {@code parameters}, an empty map if it has none
 * @param cache how its answers are remembered; empty if they are not
 * @param path {@code "models[0]"}
 * @param location where it is written
 */
public record ModelConfig(
        String type,
        String engine,
        Optional<String> model,
        Optional<String> apiKeyVariable,
        ConfigNode parameters,
        Optional<ModelCacheConfig> cache,
        String path,
        Location location) {

    /** {@code "engine/model"}, by which prompts are chosen. */
    public String qualifiedName() {
        return engine + "/" + model.orElse("");
    }
}
