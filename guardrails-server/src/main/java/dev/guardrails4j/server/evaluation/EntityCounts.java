package dev.guardrails4j.server.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts found entities against labelled ones, for each type. Evidence of a rail that finds entities is a list {@code
 * entities} of maps {@code {type, start, end, score}}. Not safe for use by many threads.
 */
final class EntityCounts {

    private static final double SAME = 0.5;
    private static final int MOST_TYPES = 500;

    private final EntityTypes types;
    private final SortedMap<String, EntityCount> counts = new TreeMap<>();

    EntityCounts(EntityTypes types) {
        this.types = types;
    }

    void add(List<Span> labelled, Map<String, Object> evidence) {
        List<Span> found = found(evidence);
        for (Span wanted : labelled) {
            Optional<Span> best = found.stream()
                    .filter(span -> span.type().equals(wanted.type()) && span.overlap(wanted) >= SAME)
                    .max(Comparator.comparingDouble(span -> span.overlap(wanted)));
            best.ifPresent(found::remove);
            count(wanted.type(), best.isPresent() ? new EntityCount(1, 0, 0) : new EntityCount(0, 0, 1));
        }
        found.forEach(extra -> count(extra.type(), new EntityCount(0, 1, 0)));
    }

    private List<Span> found(Map<String, Object> evidence) {
        List<Span> found = new ArrayList<>();
        if (evidence.get("entities") instanceof List<?> entities) {
            for (Object entity : entities) {
                if (entity instanceof Map<?, ?> map
                        && map.get("type") instanceof String type
                        && map.get("start") instanceof Integer start
                        && map.get("end") instanceof Integer end
                        && start >= 0
                        && end > start) {
                    types.scored(type).ifPresent(name -> found.add(new Span(name, start, end)));
                }
            }
        }
        return found;
    }

    /** The types that rails find are theirs to choose, and so may be many. */
    private void count(String type, EntityCount more) {
        if (counts.size() < MOST_TYPES || counts.containsKey(type)) {
            counts.merge(type, more, EntityCount::plus);
        }
    }

    /** The counts of each type, by name. */
    SortedMap<String, EntityCount> byType() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
}
