package dev.guardrails4j.server.configs.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations in the memory of this process, guarded by its own lock. */
final class MemoryConfigs implements ConfigStore {

    private final ConfigLimits limits;
    private final Map<ConfigReference, StoredConfig> configs = new HashMap<>();
    private long bytes;
    private long version;

    MemoryConfigs(ConfigLimits limits) {
        this.limits = limits;
    }

    @Override
    public synchronized Optional<StoredConfig> find(ConfigReference reference) {
        return Optional.ofNullable(configs.get(reference));
    }

    @Override
    public synchronized List<ConfigEntry> entries() {
        return configs.values().stream().map(StoredConfig::entry).toList();
    }

    @Override
    public synchronized void create(StoredConfig config) {
        if (configs.containsKey(config.entry().reference())) {
            throw ConfigRefusedException.exists();
        }
        put(0, config);
    }

    @Override
    public synchronized void replace(ConfigEntry before, StoredConfig after) {
        put(sizeOf(require(before)), after);
    }

    @Override
    public synchronized void delete(ConfigEntry before) {
        bytes -= sizeOf(require(before));
        configs.remove(before.reference());
        version++;
    }

    private void put(long sizeBefore, StoredConfig config) {
        long more = sizeOf(config) - sizeBefore;
        limits.require(configs.size() + (sizeBefore == 0 ? 1 : 0), bytes + more);
        configs.put(config.entry().reference(), config);
        bytes += more;
        version++;
    }

    private StoredConfig require(ConfigEntry before) {
        return find(before.reference())
                .filter(config -> config.entry().stamp().equals(before.stamp()))
                .orElseThrow(ConfigRefusedException::changed);
    }

    private static long sizeOf(StoredConfig config) {
        return ConfigCodec.size(ConfigCodec.text(config.entry()), ConfigCodec.data(config));
    }

    @Override
    public synchronized String version() {
        return String.valueOf(version);
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
