package dev.guardrails4j.server.settings;

import java.util.Locale;

/** Where something is kept. */
public enum StoreKind {
    /** In a file below the data folder. */
    EMBEDDED,
    /** In the memory of the server. */
    MEMORY,
    /** In Redis. */
    REDIS,
    /** Nowhere: requests that need it are refused. */
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
