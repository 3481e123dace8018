package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.server.access.Caller;
import dev.guardrails4j.server.configs.RequestedConfigs;
import dev.guardrails4j.server.configs.Workspaces;
import dev.guardrails4j.server.openai.GuardrailsInput;
import dev.guardrails4j.server.wire.RequestException;
import java.util.List;
import java.util.Optional;

/** Finds the configurations that chat requests are for: contract "chat server" 4. Safe for use by many threads. */
final class ChatConfigs {

    private final Configurations configurations;
    private final RequestedConfigs requested;
    private final Optional<String> defaultConfigId;

    ChatConfigs(Configurations configurations, RequestedConfigs requested, Optional<String> defaultConfigId) {
        this.configurations = configurations;
        this.requested = requested;
        this.defaultConfigId = defaultConfigId;
    }

    /**
     * The ids of those that a request is for.
     *
     * @throws RequestException if it names none and the server has no default, or the caller may not use them
     */
    List<String> ids(GuardrailsInput guardrails, Caller caller) {
        List<String> named = guardrails.configIds();
        List<String> ids = named.isEmpty()
                ? defaultConfigId
                        .or(configurations::singleId)
                        .map(List::of)
                        .orElseThrow(() -> RequestException.of(
                                422, "No guardrails config_id provided and server has no default configuration"))
                : named;
        caller.requireConfigs(ids, Workspaces.DEFAULT);
        return ids;
    }

    /** Their guardrails; fails as {@link Configurations#open} does. A name is a folder's before it is a stored one's. */
    Guardrails open(List<String> ids) {
        return requested.withStored(ids).orElseGet(() -> configurations.open(ids));
    }
}
