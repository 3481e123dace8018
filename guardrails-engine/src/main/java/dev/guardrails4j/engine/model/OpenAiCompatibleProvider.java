package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.ModelSetup;
import dev.guardrails4j.api.Settings;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Connects models that speak OpenAI's chat completions API: the engines known by name, and any other that has a {@code
 * base_url}.
 *
 * <p>Read from a model's {@code parameters}, contract "config and rails" 1.2 and 6.2; whatever else is there is sent with
 * every request that does not set it itself:
 *
 * <ul>
 *   <li>{@code base_url}: if no segment of its path is a version ({@code /v1}, {@code /v1beta}), {@code /v1} is appended.
 *       For Azure the resource's address, to which {@code /openai/deployments/MODEL} is appended, or one with a version,
 *       which is used as OpenAI's; {@code azure_endpoint}, {@code azure_deployment} and {@code api_version} are read too.
 *   <li>{@code api_key}, if {@code api_key_env_var} names no variable; else the engine's usual variable. No key is needed,
 *       and none is sent, if there is none and {@code base_url} is not the engine's usual one.
 *   <li>{@code timeout} for the whole call with all its attempts, 120 s if not set, at most an hour; {@code
 *       timeout_connect}, 5 s; {@code max_attempts}, 3, at most 10. For a stream it bounds the whole answer, the time its
 *       reader takes included; a stream that brings nothing for 120 s is broken off before.
 *   <li>{@code default_headers}, {@code default_query}: maps of strings.
 * </ul>
 *
 * <p>For the main model, {@link MainModelOverride} takes precedence over engine and {@code base_url}. Safe for use by many
 * threads.
 */
public final class OpenAiCompatibleProvider implements ChatModelProvider {

    private final Function<String, Optional<String>> environment;
    private final MainModelOverride override;
    private final ModelHttpClient client;

    /**
     * @param environment the value of an environment variable by its name
     * @param client shared by all models that are connected; not closed by them
     */
    public OpenAiCompatibleProvider(Function<String, Optional<String>> environment, ModelHttpClient client) {
        this.environment = environment;
        this.override = new MainModelOverride(environment);
        this.client = client;
    }

    /** The engines known by name. */
    @Override
    public Set<String> engines() {
        return KnownEngine.names();
    }

    /** Whether a model can be connected here: its engine is known by name, or its parameters say where it is. */
    public boolean takes(String engine, Settings parameters) {
        return KnownEngine.names().contains(engine) || parameters.keys().contains("base_url");
    }

    @Override
    public ChatModel connect(ModelSetup setup) {
        String engine = override.engine(setup.type(), setup.engine());
        Endpoint endpoint = new EndpointReader(
                        environment, KnownEngine.named(engine), override.baseUrl(setup.type()), setup)
                .read();
        return new OpenAiCompatibleModel(engine, setup.model().orElse(""), endpoint, setup.requestParameters(), client);
    }
}
