package dev.guardrails4j.engine.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a map of a configuration key by key. What is wrong is collected, not thrown, and the value left out. A key with
 * nothing behind it is one that is not there. For one thread.
 */
final class NodeReader {

    private final ConfigNode node;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    NodeReader(ConfigNode node, Problems problems) {
        this.node = node;
        this.problems = problems;
        if (!node.isMap() && !node.isNull()) {
            problems.addAll(Values.wrongType(node, "a map").problems());
        }
    }

    ConfigNode node() {
        return node;
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    Optional<ConfigNode> find(String key) {
        known.add(key);
        return Optional.ofNullable(node.entries().get(key)).filter(value -> !value.isNull());
    }

    /** The value behind a key, read by one of {@link Values}; empty if it is missing or of another type. */
    <T> Optional<T> read(String key, Function<ConfigNode, T> type) {
        return find(key).flatMap(value -> read(value, type));
    }

    /** A value that must be there. */
    <T> Optional<T> require(String key, String due, Function<ConfigNode, T> type) {
        if (!has(key)) {
            problems.addAll(List.of(Problem.missing(node.location(), node.pathOf(key), due)));
        }
        return read(key, type);
    }

    private <T> Optional<T> read(ConfigNode value, Function<ConfigNode, T> type) {
        try {
            return Optional.of(type.apply(value));
        } catch (InvalidConfigException wrong) {
            problems.addAll(wrong.problems());
            return Optional.empty();
        }
    }

    List<ConfigNode> items(String key) {
        return read(key, Values::list).orElse(List.of());
    }

    /** A list of strings; those of its items that are strings. */
    List<String> strings(String key) {
        return items(key).stream()
                .flatMap(item -> read(item, Values::string).stream())
                .toList();
    }

    /** The map below a key; an empty one if there is none. */
    NodeReader section(String key) {
        return new NodeReader(
                find(key).orElseGet(() -> ConfigNode.emptyMap(node.pathOf(key), node.location())), problems);
    }

    /** Says that a key, unless it is switched off, has no effect here. */
    void notYet(String key, Problem.Severity severity, String consequence) {
        find(key)
                .filter(value -> !isOff(value))
                .ifPresent(value -> problems.addAll(List.of(new Problem(
                        severity,
                        value.location(),
                        value.path() + " is known to NeMo Guardrails but not supported here yet: " + consequence))));
    }

    /** A problem with the value behind a key, or with a key that is not there. */
    void error(String key, String problem) {
        problems.addAll(List.of(Problem.value(
                find(key).map(ConfigNode::location).orElse(node.location()), node.pathOf(key), " " + problem)));
    }

    void warning(String key, String problem) {
        problems.warning(find(key).map(ConfigNode::location).orElse(node.location()), node.pathOf(key) + " " + problem);
    }

    /** To be called last: every key that nobody asked for is an error. */
    void rejectUnknownKeys() {
        node.entries().keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.addAll(List.of(Problem.unknownKey(node, key, known))));
    }

    /** Instead of {@link #rejectUnknownKeys}: a key that nobody asked for is an error only if it may be one misspelt. */
    void rejectMisspeltKeys() {
        node.entries().forEach((key, value) -> {
            if (known.contains(key)) {
                return;
            }
            if (Spelling.suggestion(key, known).isEmpty()) {
                problems.warning(value.location(), "unknown key '" + key + "' has no effect");
            } else {
                problems.addAll(List.of(Problem.unknownKey(node, key, known)));
            }
        });
    }

    /** Whether a value says that the thing it configures is not wanted. */
    private static boolean isOff(ConfigNode node) {
        if (node.isMap()) {
            ConfigNode enabled = node.entries().get("enabled");
            return enabled != null
                    ? Boolean.FALSE.equals(enabled.value())
                    : node.entries().values().stream().allMatch(NodeReader::isOff);
        }
        return node.isNull()
                || Boolean.FALSE.equals(node.value())
                || (node.isList() && node.items().isEmpty())
                || (node.value() instanceof String text && text.isBlank());
    }
}
