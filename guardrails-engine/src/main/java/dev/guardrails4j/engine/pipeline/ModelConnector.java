package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.config.ConfigNode;
import dev.guardrails4j.engine.config.HttpAddress;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.Spelling;
import dev.guardrails4j.engine.config.Trust;
import dev.guardrails4j.engine.model.CachedModel;
import dev.guardrails4j.engine.model.DemoProvider;
import dev.guardrails4j.engine.model.MainModelOverride;
import dev.guardrails4j.engine.model.OpenAiCompatibleProvider;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedProvider;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Connects the models of a configuration through the providers there are. Safe for use by many threads. */
final class ModelConnector {

    private static final String MAIN = "main";
    private static final String DEFAULT_ENGINE = "openai";

    private final OpenAiCompatibleProvider anyOpenAiCompatible;
    private final MainModelOverride override;
    private final EngineThreads threads;
    private final SettingUp settingUp;

    @Inject
    ModelConnector(
            OpenAiCompatibleProvider anyOpenAiCompatible,
            Function<String, Optional<String>> environment,
            EngineThreads threads,
            SettingUp settingUp) {
        this.threads = threads;
        this.settingUp = settingUp;
        this.anyOpenAiCompatible = anyOpenAiCompatible;
        this.override = new MainModelOverride(environment);
    }

    /**
     * Connects a model.
     *
     * @param trust how far the configuration it is from is trusted
     * @param catalogue where its provider is found
     * @throws RailConfigurationException if no provider takes the engine, or the provider cannot connect it
     */
    ChatModel connect(ModelConfig model, Trust trust, Catalogue catalogue) {
        ChatModel connected = connectUncached(model, trust, catalogue);
        return model.cache()
                .<ChatModel>map(cache -> new CachedModel(model.type(), connected, cache, threads.calls()))
                .orElse(connected);
    }

    private ChatModel connectUncached(ModelConfig model, Trust trust, Catalogue catalogue) {
        ConfiguredModel setup = new ConfiguredModel(withEngineOfEnvironment(model), trust);
        requireAllowed(override.baseUrl(model.type()), trust);
        Optional<CataloguedProvider> found = catalogue.provider(setup.engine());
        if (found.isPresent()) {
            if (reachesOnItsOwn(found.get().provider())) {
                refuse(model, trust.problemOfEngine(setup.engine()));
            }
            return connect(found.get(), setup);
        }
        if (anyOpenAiCompatible.takes(setup.engine(), setup.parameters())) {
            return anyOpenAiCompatible.connect(setup);
        }
        throw new RailConfigurationException(
                "unknown engine '%s' of the model of type '%s'%s; any other OpenAI-compatible endpoint needs parameters.base_url"
                        .formatted(
                                setup.engine(),
                                setup.type(),
                                Spelling.suggestion(
                                        setup.engine(),
                                        catalogue.providers().stream()
                                                .map(CataloguedProvider::engine)
                                                .toList())));
    }

    private static void requireAllowed(Optional<String> baseUrlOfEnvironment, Trust trust) {
        baseUrlOfEnvironment
                .map(url -> HttpAddress.parse(
                        url, problem -> new RailConfigurationException("MAIN_MODEL_BASE_URL " + problem)))
                .flatMap(trust::problemOfHost)
                .ifPresent(problem -> {
                    throw new RailConfigurationException("MAIN_MODEL_BASE_URL " + problem);
                });
    }

    /** Whether a provider calls what no configuration names: ours asks for every address and every key. */
    private boolean reachesOnItsOwn(ChatModelProvider provider) {
        return provider != anyOpenAiCompatible && !(provider instanceof DemoProvider);
    }

    private static void refuse(ModelConfig model, Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new InvalidConfigException(
                    List.of(Problem.value(model.location(), model.path() + ".engine", " " + text)));
        });
    }

    private ChatModel connect(CataloguedProvider found, ConfiguredModel setup) {
        ChatModelProvider provider = found.provider();
        try {
            return settingUp.ofModel(found.engine(), found.plugin(), () -> provider.connect(setup));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new RailConfigurationException("the engine '%s' failed with %s"
                    .formatted(setup.engine(), e.getClass().getName()));
        }
    }

    /** The main model of a configuration that names none: contract "chat server" 4.8. */
    ModelConfig implicitMain(String configId) {
        Location nowhere = new Location(configId, 0);
        return new ModelConfig(
                MAIN,
                DEFAULT_ENGINE,
                Optional.empty(),
                Optional.empty(),
                ConfigNode.emptyMap("models.main.parameters", nowhere),
                Optional.empty(),
                "models.main",
                nowhere);
    }

    private ModelConfig withEngineOfEnvironment(ModelConfig model) {
        return new ModelConfig(
                model.type(),
                override.engine(model.type(), model.engine()),
                model.model(),
                model.apiKeyVariable(),
                model.parameters(),
                model.cache(),
                model.path(),
                model.location());
    }
}
