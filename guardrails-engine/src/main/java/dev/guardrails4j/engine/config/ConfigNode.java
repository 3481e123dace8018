package dev.guardrails4j.engine.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a configuration that knows where it was written, so that every error can name file, line and key.
 * Independent of the format it was read from. Immutable.
 *
 * @param value a {@code Map<String, ConfigNode>}, a {@code List<ConfigNode>}, a string, number or boolean, or null
 * @param path the keys that lead here, as a user would write them: {@code rails.input.flows[0]}; empty at the root
 * @param location where it is written
 */
public record ConfigNode(@Nullable Object value, String path, Location location) {

    /** An empty map, for what a configuration does not have. */
    public static ConfigNode emptyMap(String path, Location location) {
        return new ConfigNode(Map.of(), path, location);
    }

    public boolean isMap() {
        return value instanceof Map;
    }

    public boolean isList() {
        return value instanceof List;
    }

    public boolean isNull() {
        return value == null;
    }

    /** The entries of a map in their order; empty for anything else. */
    @SuppressWarnings("unchecked")
    public Map<String, ConfigNode> entries() {
        return value instanceof Map ? (Map<String, ConfigNode>) value : Map.of();
    }

    /** The items of a list in their order; empty for anything else. */
    @SuppressWarnings("unchecked")
    public List<ConfigNode> items() {
        return value instanceof List ? (List<ConfigNode>) value : List.of();
    }

    /** The path of an entry below this node. */
    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value in plain Java: maps, lists, strings, numbers, booleans. */
    public @Nullable Object toPlainValue() {
        if (isMap()) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            entries().forEach((key, node) -> plain.put(key, node.toPlainValue()));
            return Collections.unmodifiableMap(plain);
        }
        if (isList()) {
            List<@Nullable Object> plain = new ArrayList<>();
            items().forEach(node -> plain.add(node.toPlainValue()));
            return Collections.unmodifiableList(plain);
        }
        return value;
    }

    /** What kind of value this is, as an error message would call it. */
    public String kind() {
        if (isMap()) {
            return "a map";
        }
        if (isList()) {
            return "a list";
        }
        if (isNull()) {
            return "nothing";
        }
        return value instanceof String ? "a string" : value instanceof Boolean ? "true or false" : "a number";
    }
}
