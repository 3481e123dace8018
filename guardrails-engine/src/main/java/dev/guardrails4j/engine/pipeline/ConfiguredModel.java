package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ModelSetup;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.engine.config.NodeSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One entry of {@code models}, as its provider sees it. */
final class ConfiguredModel implements ModelSetup {

    private final ModelConfig config;
    private final NodeSettings parameters;
    private final Function<String, Optional<String>> environment;

    ConfiguredModel(ModelConfig config, Function<String, Optional<String>> environment) {
        this.config = config;
        this.parameters = new NodeSettings(config.parameters(), true);
        this.environment = environment;
    }

    @Override
    public String type() {
        return config.type();
    }

    @Override
    public String engine() {
        return config.engine();
    }

    @Override
    public Optional<String> model() {
        return config.model();
    }

    @Override
    public Optional<String> apiKey() {
        return config.apiKeyVariable().flatMap(environment);
    }

    @Override
    public Settings parameters() {
        return parameters;
    }

    @Override
    public Map<String, Object> requestParameters() {
        return parameters.unreadValues();
    }
}
