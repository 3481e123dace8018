package dev.guardrails4j.server.configs.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the configurations that callers store, contract "checks" 8. When a write returns, it is as durable as the store makes
 * it. Every method throws {@link ConfigStoreException} if the store cannot be reached. Safe for use by many threads.
 */
public interface ConfigStore extends AutoCloseable {

    /** A configuration as it is now; empty if there is none. */
    Optional<StoredConfig> find(ConfigReference reference);

    /** What is known of all configurations, in no order. */
    List<ConfigEntry> entries();

    /**
     * Adds a configuration.
     *
     * @throws ConfigRefusedException if there is one of its name, or it does not fit
     */
    void create(StoredConfig config);

    /**
     * Puts a configuration in the place of its earlier state.
     *
     * @param before the earlier state, as it was found
     * @throws ConfigRefusedException if it is no longer in this state, or does not fit
     */
    void replace(ConfigEntry before, StoredConfig after);

    /**
     * Removes a configuration.
     *
     * @param before its state, as it was found
     * @throws ConfigRefusedException if it is no longer in this state
     */
    void delete(ConfigEntry before);

    /**
     * A text that is another one after every change, by whichever server. It may be a quarter of a second old where others
     * write, too.
     */
    String version();

    @Override
    void close();
}
