package dev.guardrails4j.server.configs.store;

import java.util.List;
import java.util.Optional;

/** Where nothing is stored. */
final class NoConfigs implements ConfigStore {

    @Override
    public Optional<StoredConfig> find(ConfigReference reference) {
        return Optional.empty();
    }

    @Override
    public List<ConfigEntry> entries() {
        return List.of();
    }

    @Override
    public void create(StoredConfig config) {
        throw ConfigRefusedException.off();
    }

    @Override
    public void replace(ConfigEntry before, StoredConfig after) {
        throw ConfigRefusedException.off();
    }

    @Override
    public void delete(ConfigEntry before) {
        throw ConfigRefusedException.off();
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
