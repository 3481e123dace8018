package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.threads.RedisAddress;
import dev.guardrails4j.server.threads.ThreadLimits;
import java.util.Locale;
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

    /** Where threads are kept. */
    public enum StoreKind {
        /** In a file below the data folder. */
        EMBEDDED,
        /** In the memory of the server. */
        MEMORY,
        /** In Redis. */
        REDIS,
        /** Nowhere: requests that name a thread are refused. */
        NONE;

        /** Reads what an operator writes; throws IllegalArgumentException if it is none of these. */
        public static StoreKind parse(String text) {
            for (StoreKind kind : values()) {
                if (kind.toString().equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("must be embedded, memory, redis or none");
        }

        /** As it is written. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The embedded store. */
    public static final ThreadSettings DEFAULT =
            new ThreadSettings(StoreKind.EMBEDDED, ThreadLimits.DEFAULT, Optional.empty(), Optional.empty());
}
