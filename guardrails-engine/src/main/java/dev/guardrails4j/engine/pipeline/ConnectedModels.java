package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.engine.config.ModelConfig;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The models of one configuration by type, the first of each type. Used by one thread, while it is compiled. */
final class ConnectedModels {

    private final Map<String, ModelConfig> configs = new LinkedHashMap<>();
    private final Map<String, ChatModel> models = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> asked = new HashSet<>();

    void add(ModelConfig config, ChatModel model) {
        configs.putIfAbsent(config.type(), config);
        models.putIfAbsent(config.type(), model);
    }

    /** A model that is configured and cannot be connected, which has been reported. */
    void addBroken(String type) {
        broken.add(type);
    }

    boolean isBroken(String type) {
        return broken.contains(type) && !models.containsKey(type);
    }

    /** A rail asks a model of this type in a way of its own. */
    void addAsked(String type) {
        asked.add(type);
    }

    boolean isAsked(String type) {
        return asked.contains(type);
    }

    boolean has(String type) {
        return models.containsKey(type);
    }

    Optional<ChatModel> get(String type) {
        return Optional.ofNullable(models.get(type));
    }

    Optional<ModelConfig> config(String type) {
        return Optional.ofNullable(configs.get(type));
    }

    Collection<ChatModel> all() {
        return models.values();
    }

    Map<String, ChatModel> byType() {
        return Map.copyOf(models);
    }
}
