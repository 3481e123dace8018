package dev.guardrails4j.engine.model;

import java.util.Optional;
import java.util.function.Function;

/**
 * Lets the environment say which endpoint the main model is, contract "chat server" 4.8: {@code MAIN_MODEL_ENGINE} and
 * {@code MAIN_MODEL_BASE_URL}. An empty variable is one that is not set. Safe for use by many threads.
 */
public final class MainModelOverride {

    private static final String MAIN = "main";
    private static final String DEFAULT_ENGINE = "openai";

    private final Function<String, Optional<String>> environment;

    /** @param environment the value of an environment variable by its name */
    public MainModelOverride(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /**
     * The engine through which a model is to be connected; to be asked before a provider is chosen. A base URL alone
     * replaces an engine that has no use for one ({@code demo}, or one that a jar brings) by {@code openai}.
     *
     * @param type the model's type; only {@code main} is ever overridden
     * @param configured the configured engine
     */
    public String engine(String type, String configured) {
        if (!type.equals(MAIN)) {
            return configured;
        }
        return variable("MAIN_MODEL_ENGINE")
                .orElseGet(
                        () -> baseUrl(type).isPresent() && !KnownEngine.names().contains(configured)
                                ? DEFAULT_ENGINE
                                : configured);
    }

    /** The base URL that takes the place of the configured one. */
    public Optional<String> baseUrl(String type) {
        return type.equals(MAIN) ? variable("MAIN_MODEL_BASE_URL") : Optional.empty();
    }

    private Optional<String> variable(String name) {
        return environment.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }
}
