package dev.guardrails4j.server.configs;

import dev.guardrails4j.engine.CallerConfigurations;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.server.configs.store.ConfigStore;
import java.time.InstantSource;

/**
 * All configurations that a server has for the API of the guardrail microservice.
 *
 * @param requested to run requests on
 * @param catalogue to list, read and write
 * @param store what keeps those that callers store; its opener closes it
 */
public record ServerConfigs(RequestedConfigs requested, ConfigCatalogue catalogue, ConfigStore store) {

    /**
     * Puts them together.
     *
     * @param operators those of the operator
     * @param callers compiles those of callers
     */
    public static ServerConfigs of(
            Configurations operators, CallerConfigurations callers, ConfigStore store, Workspaces workspaces) {
        OperatorConfigs readOnly = new OperatorConfigs(operators);
        return new ServerConfigs(
                new RequestedConfigs(callers, readOnly, new StoredParts(store)),
                new ConfigCatalogue(store, readOnly, callers, workspaces, InstantSource.system()),
                store);
    }
}
