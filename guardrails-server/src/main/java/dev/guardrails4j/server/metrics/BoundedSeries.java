package dev.guardrails4j.server.metrics;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The meters of each of so many names at most. Names come from requests and their configurations, and every one would stay
 * for ever: what is beyond the bound is counted together. Safe for use by many threads.
 *
 * @param <K> what names are made of
 * @param <V> their meters
 */
final class BoundedSeries<K, V> {

    /** What stands for names beyond the bound. */
    static final String OTHER = "other";

    private final ConcurrentMap<K, V> known = new ConcurrentHashMap<>();
    private final int most;
    private final K other;
    private final Function<K, V> maker;

    /**
     * @param most how many names have meters of their own
     * @param other the name of the others
     * @param maker makes meters
     */
    BoundedSeries(int most, K other, Function<K, V> maker) {
        this.most = most;
        this.other = other;
        this.maker = maker;
    }

    /** The meters of a name, which gets some if there is room. */
    V of(K name) {
        V found = known.get(name);
        if (found != null) {
            return found;
        }
        // A few threads may find room for the last one at once; that is a few names more.
        return known.computeIfAbsent(known.size() < most ? name : other, maker);
    }

    /** The meters of a name that has some, else those of the others. */
    V ofKnown(K name) {
        V found = known.get(name);
        return found == null ? known.computeIfAbsent(other, maker) : found;
    }
}
