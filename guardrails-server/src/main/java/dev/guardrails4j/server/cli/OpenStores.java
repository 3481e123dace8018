package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.settings.StoreKind;
import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.StorageException;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores that the server keeps things in. Used by one thread. */
final class OpenStores implements AutoCloseable {

    private final ServerOptions.Chosen chosen;
    private final Surroundings surroundings;
    private Optional<EmbeddedDatabase> database = Optional.empty();
    private Kept<ThreadStore> threads = Kept.nowhere("none");
    private Kept<ConfigStore> configs = Kept.nowhere("none");

    private OpenStores(ServerOptions.Chosen chosen, Surroundings surroundings) {
        this.chosen = chosen;
        this.surroundings = surroundings;
    }

    /**
     * Opens what was chosen. If nobody has chosen and the default cannot be opened, because the folder cannot be written or
     * another server uses it, nothing is kept.
     *
     * @throws CommandFailure if what was chosen cannot be opened
     */
    static OpenStores open(ServerOptions.Chosen chosen, Surroundings surroundings) {
        OpenStores stores = new OpenStores(chosen, surroundings);
        try {
            ThreadLimits ofThreads = chosen.threads().limits();
            stores.threads = stores.keep(
                    new Wish(
                            "threads",
                            chosen.threads().store(),
                            chosen.threads().redis(),
                            chosen.asksForThreads()),
                    new Places<>(
                            () -> ThreadStores.memory(ofThreads),
                            database -> ThreadStores.embedded(database, ofThreads),
                            redis -> ThreadStores.redis(redis, ofThreads)));
            ConfigLimits ofConfigs = chosen.configStore().limits();
            stores.configs = stores.keep(
                    new Wish(
                            "config_store",
                            chosen.configStore().store().orElse(chosen.threads().store()),
                            chosen.configStore().redis(),
                            chosen.asksForConfigStore()),
                    new Places<>(
                            () -> ConfigStores.memory(ofConfigs),
                            database -> ConfigStores.embedded(database, ofConfigs),
                            redis -> ConfigStores.redis(redis, ofConfigs)));
            return stores;
        } catch (RuntimeException e) {
            stores.close();
            throw e;
        }
    }

    private <T> Kept<T> keep(Wish wish, Places<T> places) {
        try {
            return switch (wish.kind()) {
                case EMBEDDED -> Kept.in(places.embedded().apply(database()), "embedded in " + shownFolder());
                case MEMORY -> Kept.in(places.memory().get(), "in memory, until the server stops");
                case REDIS -> {
                    RedisAddress redis = wish.redis()
                            .orElseThrow(() -> new CommandFailure(
                                    "%1$s.store is redis, and nothing says where it is; set %1$s.redis.url in server.yml or GUARDRAILS_REDIS_URL"
                                            .formatted(wish.section())));
                    yield Kept.in(places.redis().apply(redis), redis.toString());
                }
                case NONE -> Kept.nowhere("none");
            };
        } catch (StorageException e) {
            if (wish.isTold()) {
                throw new CommandFailure(String.valueOf(e.getMessage()));
            }
            return Kept.nowhere("none: " + e.getMessage());
        }
    }

    private EmbeddedDatabase database() {
        EmbeddedDatabase opened = database.orElseGet(() -> EmbeddedDatabase.open(chosen.dataFolder()));
        database = Optional.of(opened);
        return opened;
    }

    private String shownFolder() {
        String folder = surroundings.show(chosen.dataFolder());
        return folder.startsWith("/") ? folder : "./" + folder;
    }

    Kept<ThreadStore> threads() {
        return threads;
    }

    Kept<ConfigStore> configs() {
        return configs;
    }

    @Override
    public void close() {
        threads.store().ifPresent(ThreadStore::close);
        configs.store().ifPresent(ConfigStore::close);
        database.ifPresent(EmbeddedDatabase::close);
    }

    /**
     * What was chosen.
     *
     * @param section of {@code server.yml}
     * @param isTold whether somebody has chosen it
     */
    private record Wish(String section, StoreKind kind, Optional<RedisAddress> redis, boolean isTold) {}

    /** How to open a store in each of the places there are. */
    private record Places<T>(
            Supplier<T> memory, Function<EmbeddedDatabase, T> embedded, Function<RedisAddress, T> redis) {}

    /**
     * Something that is kept.
     *
     * @param store empty if it is kept nowhere
     * @param shown where it is kept, or why it is not
     */
    record Kept<T>(Optional<T> store, String shown) {

        static <T> Kept<T> in(T store, String shown) {
            return new Kept<>(Optional.of(store), shown);
        }

        static <T> Kept<T> nowhere(String shown) {
            return new Kept<>(Optional.empty(), shown);
        }
    }
}
