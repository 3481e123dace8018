package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.threads.ThreadLimits;
import java.util.Optional;

/**
 * How conversation threads are kept.
 *
 * @param store where
 * @param limits how long and how much
 * @param path the folder of the embedded store, as it is written; empty for the default
 * @param redis where Redis is; empty if the store is another
 */
public record ThreadSettings(
        StoreKind store, ThreadLimits limits, Optional<String> path, Optional<RedisAddress> redis) {

    /** The embedded store. */
    public static final ThreadSettings DEFAULT =
            new ThreadSettings(StoreKind.EMBEDDED, ThreadLimits.DEFAULT, Optional.empty(), Optional.empty());
}
