package dev.guardrails4j.engine.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns the node graph of one YAML document into a tree: aliases are expanded, merge keys ({@code <<}) followed. What is
 * wrong with one value is collected; only what makes the tree too large ends the reading. For one document.
 */
final class YamlNodes {

    /**
     * How large the tree may grow: one for a node and one for every 16 characters of its path. The largest file without
     * aliases stays below it unless it is made of next to nothing but brackets.
     */
    static final int MAX_SIZE = 150_000;

    static final int MAX_KEY_LENGTH = 256;

    private final String file;
    private final Problems problems;
    private final YamlScalars scalars = new YamlScalars();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int size;

    YamlNodes(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** @throws InvalidConfigException if the tree would be too large, too deep or endless */
    ConfigNode convert(Node root) {
        return convert(root, "", place(root));
    }

    private ConfigNode convert(Node node, String path, Location location) {
        enter(node, path, location);
        ConfigNode converted;
        if (node instanceof MappingNode mapping) {
            rejectForeignTag(node, Tag.MAP, location);
            converted = new ConfigNode(entries(mapping, path), path, location);
        } else if (node instanceof SequenceNode sequence) {
            rejectForeignTag(node, Tag.SEQ, location);
            converted = new ConfigNode(items(sequence, path), path, location);
        } else {
            converted = scalar((ScalarNode) node, path, location);
        }
        open.remove(node);
        return converted;
    }

    private void enter(Node node, String path, Location location) {
        size += 1 + path.length() / 16;
        if (size > MAX_SIZE) {
            throw YamlReader.refuse(
                    location, "too large once its aliases are expanded; use fewer aliases or several files");
        }
        if (!open.add(node)) {
            throw YamlReader.refuse(location, "this alias contains itself; write the values out");
        }
        if (open.size() > YamlReader.MAX_DEPTH + 1) {
            throw YamlReader.refuse(location, "nested deeper than " + YamlReader.MAX_DEPTH + " levels");
        }
    }

    private List<ConfigNode> items(SequenceNode sequence, String path) {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(convert(item, path + "[" + items.size() + "]", place(item)));
        }
        return Collections.unmodifiableList(items);
    }

    /** Own entries first; those that a merge key brings only where there is no own one. */
    private Map<String, ConfigNode> entries(MappingNode mapping, String path) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        Map<String, ConfigNode> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Location keyPlace = place(tuple.getKeyNode());
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(tuple.getValueNode(), path, keyPlace, merged);
                continue;
            }
            String key = key(tuple.getKeyNode());
            ConfigNode value = convert(tuple.getValueNode(), path.isEmpty() ? key : path + "." + key, keyPlace);
            ConfigNode first = entries.putIfAbsent(key, value);
            if (first != null) {
                problems.error(
                        keyPlace,
                        "key '" + key + "' is written twice, here and in line "
                                + first.location().line() + "; keep one of them");
            }
        }
        merged.forEach(entries::putIfAbsent);
        return Collections.unmodifiableMap(entries);
    }

    private void merge(Node source, String path, Location place, Map<String, ConfigNode> merged) {
        if (source instanceof SequenceNode sequence) {
            enter(source, path, place);
            sequence.getValue().forEach(item -> merge(item, path, place, merged));
            open.remove(source);
        } else if (source instanceof MappingNode) {
            convert(source, path, place).entries().forEach(merged::putIfAbsent);
        } else {
            problems.error(place, "the merge key '<<' takes a map or a list of maps");
        }
    }

    /** A key as its text: numbers and the like are read as they are written. */
    private String key(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw YamlReader.refuse(
                    place(node), "a key must be text but is a list or a map; put a value that begins with { in quotes");
        }
        checkKey(scalar.getValue(), place(node));
        return scalar.getValue();
    }

    /** @throws InvalidConfigException if it is too long to be a key, or more than a line */
    static void checkKey(String key, Location location) {
        if (key.length() > MAX_KEY_LENGTH) {
            throw YamlReader.refuse(location, "a key must not be longer than " + MAX_KEY_LENGTH + " characters");
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw YamlReader.refuse(location, "a key must not hold line breaks or other control characters");
        }
    }

    private ConfigNode scalar(ScalarNode node, String path, Location location) {
        try {
            return new ConfigNode(scalars.value(node), path, location);
        } catch (IllegalArgumentException wrong) {
            problems.error(location, (path.isEmpty() ? "the value" : path) + " " + wrong.getMessage());
            return new ConfigNode(null, path, location);
        }
    }

    private void rejectForeignTag(Node node, Tag due, Location location) {
        if (!node.getTag().equals(due)) {
            problems.error(location, "the YAML tag " + node.getTag() + " is not supported; remove it");
        }
    }

    private Location place(Node node) {
        return new Location(file, node.getStartMark().getLine() + 1);
    }
}
