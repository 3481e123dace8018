package dev.guardrails4j.engine.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares what is seen of things from one look to the next. For one thread. */
final class Changes {

    private final Map<String, Object> told;
    private Map<String, Object> seen;

    /** @param first what is seen to begin with, which is no change */
    Changes(Map<String, Object> first) {
        this.told = new HashMap<>(first);
        this.seen = first;
    }

    /** The things that differ from what was last told of them, and not from what was seen at the last look. */
    Set<String> settled(Map<String, Object> now) {
        Set<String> settled = new HashSet<>();
        Set<String> all = new HashSet<>(told.keySet());
        all.addAll(now.keySet());
        for (String key : all) {
            Object found = now.get(key);
            if (!Objects.equals(found, told.get(key)) && Objects.equals(found, seen.get(key))) {
                settled.add(key);
                if (found == null) {
                    told.remove(key);
                } else {
                    told.put(key, found);
                }
            }
        }
        seen = now;
        return settled;
    }

    /** Whether something has changed that was not told yet. */
    boolean isUnrest() {
        return !seen.equals(told);
    }
}
