package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ModelSetup;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.engine.config.NodeSettings;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.Trust;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One entry of {@code models}, as its provider sees it. */
final class ConfiguredModel implements ModelSetup {

    private final ModelConfig config;
    private final NodeSettings parameters;
    private final Trust trust;

    ConfiguredModel(ModelConfig config, Trust trust) {
        this.config = config;
        this.parameters = new NodeSettings(config.parameters(), true, trust);
        this.trust = trust;
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
        return config.apiKeyVariable().flatMap(variable -> {
            refuse(trust.problemOfKey(variable, engine()));
            return trust.value(variable);
        });
    }

    @Override
    public Optional<String> apiKey(URI destination) {
        return config.apiKeyVariable().flatMap(variable -> {
            refuse(trust.problemOfKey(variable, destination));
            return trust.value(variable);
        });
    }

    @Override
    public Optional<String> usualKey(String variable, URI destination) {
        Optional<String> value = trust.value(variable).filter(key -> !key.isBlank());
        return value.isPresent() && trust.problemOfKey(variable, destination).isEmpty() ? value : Optional.empty();
    }

    private void refuse(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new InvalidConfigException(
                    List.of(Problem.value(config.location(), config.path() + ".api_key_env_var", " " + text)));
        });
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
