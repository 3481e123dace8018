package dev.guardrails4j.server.configs.store;

import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;

/**
 * Configurations in the embedded database. One that was written is there after the process was killed.
 *
 * <p>One map tells what is known of each, another what it contains, both by its workspace and name.
 */
final class EmbeddedConfigs implements ConfigStore {

    private static final char AFTER_WORKSPACE = '\0';

    private final EmbeddedDatabase database;
    private final ConfigLimits limits;
    private final AtomicLong version = new AtomicLong();
    private long bytes;

    /**
     * Configurations in a database, which is closed by its opener.
     *
     * @throws ConfigStoreException if it cannot be used
     */
    EmbeddedConfigs(EmbeddedDatabase database, ConfigLimits limits) {
        this.database = database;
        this.limits = limits;
        perform(false, this::count);
        database.afterFailure(this::count);
    }

    @Override
    public Optional<StoredConfig> find(ConfigReference reference) {
        return perform(false, () -> written(key(reference))).map(Written::read);
    }

    @Override
    public List<ConfigEntry> entries() {
        return perform(false, () -> List.copyOf(new ArrayList<>(entryTexts().values()))).stream()
                .map(ConfigCodec::entry)
                .toList();
    }

    @Override
    public void create(StoredConfig config) {
        Written written = Written.of(config);
        String key = key(config.entry().reference());
        change(() -> {
            if (entryTexts().containsKey(key)) {
                throw ConfigRefusedException.exists();
            }
            put(key, written, entryTexts().size() + 1);
        });
    }

    @Override
    public void replace(ConfigEntry before, StoredConfig after) {
        Written written = Written.of(after);
        String key = key(before.reference());
        change(() -> {
            require(before);
            put(key, written, entryTexts().size());
        });
    }

    @Override
    public void delete(ConfigEntry before) {
        String key = key(before.reference());
        change(() -> {
            require(before);
            bytes -= sizeOf(key);
            entryTexts().remove(key);
            data().remove(key);
        });
    }

    private void put(String key, Written written, int configs) {
        long more = written.size() - sizeOf(key);
        limits.require(configs, bytes + more);
        entryTexts().put(key, written.entry());
        data().put(key, written.data());
        bytes += more;
    }

    private void require(ConfigEntry before) {
        boolean isStill = written(key(before.reference()))
                .filter(now -> ConfigCodec.entry(now.entry()).stamp().equals(before.stamp()))
                .isPresent();
        if (!isStill) {
            throw ConfigRefusedException.changed();
        }
    }

    private long sizeOf(String key) {
        return written(key).map(Written::size).orElse(0L);
    }

    private Optional<Written> written(String key) {
        String entry = entryTexts().get(key);
        String contents = data().get(key);
        return entry == null || contents == null ? Optional.empty() : Optional.of(new Written(entry, contents));
    }

    private long count() {
        bytes = entryTexts().keyList().stream().mapToLong(this::sizeOf).sum();
        return bytes;
    }

    private MVMap<String, String> entryTexts() {
        return database.texts("configs");
    }

    private MVMap<String, String> data() {
        return database.texts("config-data");
    }

    private void change(Runnable work) {
        perform(true, () -> {
            work.run();
            return true;
        });
        version.incrementAndGet();
    }

    private <T> T perform(boolean changes, Supplier<T> work) {
        try {
            return database.perform(changes, work);
        } catch (StorageException e) {
            throw new ConfigStoreException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String key(ConfigReference reference) {
        return reference.workspace() + AFTER_WORKSPACE + reference.name();
    }

    @Override
    public String version() {
        return String.valueOf(version.get());
    }

    @Override
    public void close() {
        // The database is its opener's.
    }

    /** A configuration as it stands in the maps. */
    private record Written(String entry, String data) {

        static Written of(StoredConfig config) {
            return new Written(ConfigCodec.text(config.entry()), ConfigCodec.data(config));
        }

        long size() {
            return ConfigCodec.size(entry, data);
        }

        StoredConfig read() {
            return ConfigCodec.config(entry, data);
        }
    }
}
