package dev.guardrails4j.engine.config;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What configurations reach of the world around them, or may. A key goes with what it may be sent to: that two addresses
 * may be called does not mean that one may be sent the other's key. Immutable.
 *
 * @param addresses what may be called, all below its path included, with the environment variables whose values may be sent
 *     there
 * @param engines the engines of models whose addresses no configuration names, with their variables
 */
public record Reach(Map<HttpAddress, Set<String>> addresses, Map<String, Set<String>> engines) {

    public static final Reach NOTHING = new Reach(Map.of(), Map.of());

    public Reach {
        addresses = copy(addresses);
        engines = copy(engines);
    }

    /** What either reaches. */
    public Reach and(Reach other) {
        return new Reach(joined(addresses, other.addresses), joined(engines, other.engines));
    }

    /** Whether an address may be called. */
    boolean covers(URI address) {
        return addresses.keySet().stream().anyMatch(HttpAddress.of(address)::isBelow);
    }

    /** Whether the value of a variable may be sent to an address. */
    boolean covers(String variable, URI destination) {
        HttpAddress address = HttpAddress.of(destination);
        return addresses.entrySet().stream()
                .anyMatch(entry -> entry.getValue().contains(variable) && address.isBelow(entry.getKey()));
    }

    boolean coversEngine(String engine) {
        return engines.containsKey(engine);
    }

    boolean coversEngine(String engine, String variable) {
        return engines.getOrDefault(engine, Set.of()).contains(variable);
    }

    /** Whether the value of a variable may be sent anywhere. */
    boolean coversVariable(String variable) {
        return Stream.concat(addresses.values().stream(), engines.values().stream())
                .anyMatch(variables -> variables.contains(variable));
    }

    private static <K> Map<K, Set<String>> copy(Map<K, Set<String>> variables) {
        return variables.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    private static <K> Map<K, Set<String>> joined(Map<K, Set<String>> some, Map<K, Set<String>> others) {
        Map<K, Set<String>> joined = new HashMap<>();
        Stream.of(some, others)
                .forEach(map -> map.forEach((key, variables) ->
                        joined.computeIfAbsent(key, unknown -> new HashSet<>()).addAll(variables)));
        return joined;
    }
}
