package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.settings.ThreadSettings;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStoreException;
import dev.guardrails4j.server.threads.ThreadStores;
import java.util.Optional;

/**
 * The threads that the server keeps.
 *
 * @param store empty if it keeps none
 * @param shown where they are, or why there are none
 */
record OpenThreads(Optional<ThreadStore> store, String shown) implements AutoCloseable {

    /**
     * Opens what was chosen. If nobody has chosen and the default cannot be opened, because the folder cannot be written or
     * another server uses it, there are no threads.
     */
    static OpenThreads open(ServerOptions.Chosen chosen, Surroundings surroundings) {
        ThreadSettings settings = chosen.threads();
        String folder = surroundings.show(chosen.dataFolder());
        try {
            return switch (settings.store()) {
                case EMBEDDED ->
                    of(
                            ThreadStores.embedded(chosen.dataFolder(), settings.limits()),
                            "embedded in " + (folder.startsWith("/") ? folder : "./" + folder));
                case MEMORY -> of(ThreadStores.memory(settings.limits()), "in memory, until the server stops");
                case REDIS ->
                    of(
                            ThreadStores.redis(
                                    settings.redis()
                                            .orElseThrow(
                                                    () -> new CommandFailure(
                                                            "threads are to be kept in Redis, and nothing says where it is;"
                                                                    + " set threads.redis.url in server.yml or GUARDRAILS_REDIS_URL")),
                                    settings.limits()),
                            settings.redis().get().toString());
                case NONE -> new OpenThreads(Optional.empty(), "none");
            };
        } catch (ThreadStoreException e) {
            if (chosen.asksForThreads()) {
                throw new CommandFailure(String.valueOf(e.getMessage()));
            }
            return new OpenThreads(Optional.empty(), "none: " + e.getMessage());
        }
    }

    private static OpenThreads of(ThreadStore store, String shown) {
        return new OpenThreads(Optional.of(store), shown);
    }

    @Override
    public void close() {
        store.ifPresent(ThreadStore::close);
    }
}
