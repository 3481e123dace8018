package dev.guardrails4j.server.configs;

import dev.guardrails4j.engine.Configurations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of the operator's configurations. Every request asks for one, and only for that one is looked on the disk, once a
 * second at most while it is there. Safe for use by many threads.
 */
final class FolderIds {

    private static final long KNOWN_FOR_NANOS = 1_000_000_000;

    private final Configurations configurations;

    /** When those that were there were seen. */
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    FolderIds(Configurations configurations) {
        this.configurations = configurations;
    }

    boolean contains(String id) {
        Long before = seen.get(id);
        if (before != null && System.nanoTime() - before < KNOWN_FOR_NANOS) {
            return true;
        }
        boolean isThere = configurations.contains(id);
        if (isThere) {
            seen.put(id, System.nanoTime());
        } else {
            seen.remove(id);
        }
        return isThere;
    }

    /** All of them, sorted. */
    List<String> ids() {
        return configurations.ids();
    }
}
