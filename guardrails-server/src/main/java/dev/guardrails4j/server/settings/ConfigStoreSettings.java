package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.storage.RedisAddress;
import java.util.List;
import java.util.Optional;

/**
 * How the configurations are kept that callers store.
 *
 * @param store where; empty for where conversation threads are kept
 * @param limits how many and how much
 * @param redis where Redis is; empty for where it is for conversation threads
 * @param workspaces the workspaces there are beside {@code default} and {@code system}
 */
public record ConfigStoreSettings(
        Optional<StoreKind> store, ConfigLimits limits, Optional<RedisAddress> redis, List<String> workspaces) {

    /** Beside the conversation threads. */
    public static final ConfigStoreSettings DEFAULT =
            new ConfigStoreSettings(Optional.empty(), ConfigLimits.DEFAULT, Optional.empty(), List.of());

    public ConfigStoreSettings {
        workspaces = List.copyOf(workspaces);
    }
}
