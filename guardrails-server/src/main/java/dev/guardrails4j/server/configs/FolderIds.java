package dev.guardrails4j.server.configs;

import dev.guardrails4j.engine.Configurations;
import java.util.Set;

/** The ids of the operator's configurations, asked for by every request and read from the disk once a second at most. */
final class FolderIds {

    private static final long KNOWN_FOR_NANOS = 1_000_000_000;

    private final Configurations configurations;
    private volatile Known known = new Known(Set.of(), System.nanoTime() - KNOWN_FOR_NANOS);

    FolderIds(Configurations configurations) {
        this.configurations = configurations;
    }

    boolean contains(String id) {
        return ids().contains(id);
    }

    Set<String> ids() {
        Known before = known;
        if (System.nanoTime() - before.since() < KNOWN_FOR_NANOS) {
            return before.ids();
        }
        Known read = new Known(Set.copyOf(configurations.ids()), System.nanoTime());
        known = read;
        return read.ids();
    }

    private record Known(Set<String> ids, long since) {}
}
