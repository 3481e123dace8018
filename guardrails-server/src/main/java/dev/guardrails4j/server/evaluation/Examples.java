package dev.guardrails4j.server.evaluation;

import java.util.List;
import java.util.TreeMap;

/**
 * The first so many examples in the order of the data, whatever order they come in. Not safe for use by many threads.
 */
final class Examples {

    private final int most;
    private final TreeMap<Long, Example> kept = new TreeMap<>();

    Examples(int most) {
        this.most = most;
    }

    /** @param position where the text stands in the data */
    void add(long position, Example example) {
        kept.put(position, example);
        if (kept.size() > most) {
            kept.pollLastEntry();
        }
    }

    List<Example> inOrder() {
        return List.copyOf(kept.values());
    }
}
