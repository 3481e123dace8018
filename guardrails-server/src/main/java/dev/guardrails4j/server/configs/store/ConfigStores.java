package dev.guardrails4j.server.configs.store;

import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.storage.RedisAddress;

/** Opens the stores there are. Each is to be closed by whoever opens it. */
public final class ConfigStores {

    private ConfigStores() {}

    /** No configurations: writes are refused. */
    public static ConfigStore none() {
        return new NoConfigs();
    }

    /** Configurations in the memory of this process. */
    public static ConfigStore memory(ConfigLimits limits) {
        return new MemoryConfigs(limits);
    }

    /** Configurations in the embedded database, which is to be closed after them. */
    public static ConfigStore embedded(EmbeddedDatabase database, ConfigLimits limits) {
        return new EmbeddedConfigs(database, limits);
    }

    /**
     * Configurations in Redis.
     *
     * @throws ConfigStoreException if it does not answer, with a message for the operator
     */
    public static ConfigStore redis(RedisAddress address, ConfigLimits limits) {
        return RedisConfigs.open(address, limits);
    }
}
