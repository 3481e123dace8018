package dev.guardrails4j.server.evaluation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which types of entities are scored, and under which name.
 *
 * @param only the types that count; empty for all
 * @param sameAs other names of types: {@code STREET_ADDRESS} for {@code LOCATION}
 */
public record EntityTypes(Set<String> only, Map<String, String> sameAs) {

    /** All, each under its own name. */
    public static final EntityTypes ALL = new EntityTypes(Set.of(), Map.of());

    public EntityTypes {
        only = Set.copyOf(only);
        sameAs = Map.copyOf(sameAs);
    }

    /** The name under which a type is scored; empty if it does not count. */
    Optional<String> scored(String type) {
        String name = sameAs.getOrDefault(type, type);
        return only.isEmpty() || only.contains(name) ? Optional.of(name) : Optional.empty();
    }
}
