package dev.guardrails4j.engine.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code models}, contract "config and rails" 1.2. */
final class ModelReader {

    /** The one type whose model a request may name. */
    private static final String MAIN = "main";

    /** Used by the knowledge base and by dialog rails only. */
    private static final String EMBEDDINGS = "embeddings";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Where a model's name may also be written, and is moved from. */
    private static final List<String> NAME_PARAMETERS = List.of("model", "model_name");

    private final Trust trust;
    private final Problems problems;

    ModelReader(Trust trust, Problems problems) {
        this.trust = trust;
        this.problems = problems;
    }

    List<ModelConfig> read(List<ConfigNode> entries) {
        List<ModelConfig> models = new ArrayList<>();
        Set<String> types = new HashSet<>();
        for (ConfigNode entry : entries) {
            Optional<ModelConfig> model = read(new NodeReader(entry, problems));
            model.filter(read -> !types.add(read.type()))
                    .ifPresent(second -> problems.warning(
                            second.location(),
                            entry.path() + " is a second model of type '" + second.type() + "' and is never used"));
            model.ifPresent(models::add);
        }
        return List.copyOf(models);
    }

    private Optional<ModelConfig> read(NodeReader entry) {
        Optional<String> type =
                entry.require("type", "say what the model is for, such as main or content_safety", Values::name);
        Optional<String> engine = entry.require("engine", "say how the model is reached, such as openai", Values::name);
        NodeReader parameters = entry.section("parameters");
        Optional<String> name = name(entry, parameters, type);
        readMode(entry);
        Optional<ModelCacheConfig> cache = cache(entry.section("cache"), type);
        if (entry.has("reasoning_config")) {
            entry.warning(
                    "reasoning_config", "is a key that NeMo Guardrails has removed; reasoning is always separated");
        }
        boolean isEmbeddings = type.filter(EMBEDDINGS::equals).isPresent();
        Optional<String> keyVariable = keyVariable(entry, isEmbeddings);
        entry.rejectUnknownKeys();
        if (isEmbeddings) {
            problems.warning(
                    entry.node().location(),
                    entry.node().path() + " is known to NeMo Guardrails but not supported here yet: there is no"
                            + " knowledge base and no dialog rail that would use embeddings");
            return Optional.empty();
        }
        if (type.isEmpty() || engine.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ModelConfig(
                type.get(),
                engine.get().strip().toLowerCase(Locale.ROOT),
                name,
                keyVariable,
                withoutName(parameters.node()),
                cache,
                entry.node().path(),
                entry.node().location()));
    }

    private Optional<String> name(NodeReader entry, NodeReader parameters, Optional<String> type) {
        List<String> places = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (entry.has("model")) {
            places.add("model");
            entry.read("model", Values::name).ifPresent(names::add);
        }
        for (String key : NAME_PARAMETERS) {
            if (parameters.has(key)) {
                places.add("parameters." + key);
                parameters.read(key, Values::name).ifPresent(names::add);
            }
        }
        if (places.size() > 1) {
            problems.error(
                    entry.node().location(),
                    entry.node().path() + " names its model in " + String.join(" and in ", places) + "; keep one");
        } else if (places.isEmpty() && type.isPresent()) {
            requireNoName(entry, type.get());
        }
        return names.stream().findFirst();
    }

    private Optional<ModelCacheConfig> cache(NodeReader section, Optional<String> type) {
        boolean enabled = section.read("enabled", Values::flag).orElse(false);
        int maxSize =
                section.read("maxsize", node -> Values.integer(node, 1)).orElse(ModelCacheConfig.DEFAULT_MAX_SIZE);
        NodeReader stats = section.section("stats");
        boolean counts = stats.read("enabled", Values::flag).orElse(false);
        Optional<Duration> logInterval = stats.read("log_interval", Values::positiveDuration);
        stats.rejectUnknownKeys();
        section.rejectUnknownKeys();
        if (logInterval.isPresent() && !counts) {
            stats.warning("log_interval", "has no effect unless stats.enabled is true");
        }
        if (enabled && type.filter(MAIN::equals).isPresent()) {
            section.warning("enabled", "has no effect: answers of the main model are never cached");
            return Optional.empty();
        }
        if (enabled && !trust.isOperators()) {
            // Each would have a cache of its own, and callers as many as they like.
            section.warning("enabled", "has no effect: answers are not cached for a configuration that came over HTTP");
            return Optional.empty();
        }
        return enabled
                ? Optional.of(new ModelCacheConfig(maxSize, counts, logInterval.filter(interval -> counts)))
                : Optional.empty();
    }

    /** A model of type main may be left to the request; in callers' configurations not even that, contract "checks" 6.2. */
    private void requireNoName(NodeReader entry, String type) {
        if (!trust.isOperators()) {
            problems.addAll(List.of(new Problem(
                    Problem.Severity.ERROR,
                    Problem.Kind.RULE,
                    entry.node().location(),
                    entry.node().path(),
                    "Model name must be specified either directly in the 'model' field or through 'model_name'/'model' in"
                            + " parameters")));
        } else if (!type.equals(MAIN)) {
            entry.error("model", "is missing; only a model of type main may be left to the request");
        }
    }

    private void readMode(NodeReader entry) {
        String mode = entry.read("mode", Values::string).orElse("chat");
        if (mode.equals("text")) {
            entry.notYet("mode", Problem.Severity.ERROR, "only chat models are called; write mode: chat");
        } else if (!mode.equals("chat")) {
            entry.error("mode", "must be chat");
        }
    }

    /**
     * The name of the variable that holds the key. Never repeated in an error unless it is a name: whoever mistakes the
     * setting writes the key itself here.
     */
    private Optional<String> keyVariable(NodeReader entry, boolean mayBeUnset) {
        Optional<String> variable = entry.read("api_key_env_var", Values::name);
        if (variable.isEmpty()) {
            return variable;
        }
        if (!VARIABLE.matcher(variable.get()).matches()) {
            entry.error(
                    "api_key_env_var",
                    "must be the name of an environment variable, without $ and braces; never the key itself");
            return Optional.empty();
        }
        Optional<String> refusal = trust.problemOfVariable(variable.get());
        if (refusal.isPresent()) {
            entry.error("api_key_env_var", refusal.get());
            return Optional.empty();
        }
        boolean isSet =
                trust.value(variable.get()).filter(value -> !value.isBlank()).isPresent();
        if (!isSet && !mayBeUnset) {
            problems.error(
                    entry.find("api_key_env_var")
                            .map(ConfigNode::location)
                            .orElse(entry.node().location()),
                    "Model API Key environment variable '" + variable.get() + "' not set.");
        }
        return variable;
    }

    private static ConfigNode withoutName(ConfigNode parameters) {
        Map<String, ConfigNode> rest = new LinkedHashMap<>(parameters.entries());
        NAME_PARAMETERS.forEach(rest::remove);
        return new ConfigNode(Collections.unmodifiableMap(rest), parameters.path(), parameters.location());
    }
}
