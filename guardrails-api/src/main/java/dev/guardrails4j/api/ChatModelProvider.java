package dev.guardrails4j.api;

import java.util.Set;

/**
 * Brings one or more engines ({@code models[].engine}) to which chat models are connected. Found by {@link
 * java.util.ServiceLoader} as rails are, in {@code META-INF/services/dev.guardrails4j.api.ChatModelProvider}. Must be
 * safe for use by many threads.
 *
 * @since 0.1
 */
public interface ChatModelProvider {

    /** The names of the engines, in lower case; never empty. */
    Set<String> engines();

    /**
     * Makes the model that one entry of {@code models} asks for. Called once an entry, when the configuration is loaded;
     * must not call the model.
     *
     * @throws RailConfigurationException if the entry cannot be connected
     */
    ChatModel connect(ModelSetup setup);
}
