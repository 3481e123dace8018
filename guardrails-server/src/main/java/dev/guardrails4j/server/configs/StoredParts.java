package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.guardrails4j.engine.config.CallerConfig;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.configs.store.ConfigStore;
import java.time.Duration;
import java.util.Optional;

/**
 * Stored configurations for requests that run on them: read from the store once, and again after anything in it has changed.
 * Safe for use by many threads.
 */
final class StoredParts {

    /** In characters of JSON, about. */
    private static final long MOST = 32L << 20;

    private static final int LEAST_WEIGHT = 256;
    private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

    private final ConfigStore store;
    private final Cache<Key, Optional<CallerConfig>> parts = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((Key key, Optional<CallerConfig> part) -> LEAST_WEIGHT
                    + part.map(config -> config.data().toString().length()).orElse(0))
            .expireAfterAccess(KEPT_UNUSED)
            .build();

    StoredParts(ConfigStore store) {
        this.store = store;
    }

    /** The configuration of a name, to be run; empty if there is none. */
    Optional<CallerConfig> find(ConfigReference reference) {
        // What no stored one is called may be of any length.
        return reference.isValid() ? parts.get(new Key(reference, store.version()), this::read) : Optional.empty();
    }

    private Optional<CallerConfig> read(Key key) {
        return store.find(key.reference())
                .map(config -> CallerConfig.stored(
                        key.reference().toString(),
                        config.data().<JsonNode>map(data -> data).orElseGet(JsonNodeFactory.instance::objectNode)));
    }

    private record Key(ConfigReference reference, String version) {}
}
