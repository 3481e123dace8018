package dev.guardrails4j.engine.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a configuration in JSON into a tree, within the limits that hold for files. For one document. */
final class JsonNodes {

    private final Location location;
    private final Problems problems;
    private int size;
    private int characters;

    /** @param name what stands for the document in locations */
    JsonNodes(String name, Problems problems) {
        this.location = new Location(name, 0);
        this.problems = problems;
    }

    /** The tree; empty if it is too large, which has then been added to the problems. */
    Optional<ConfigNode> read(JsonNode root) {
        try {
            return Optional.of(convert(root, "", 0));
        } catch (InvalidConfigException tooMuch) {
            problems.addAll(tooMuch.problems());
            return Optional.empty();
        }
    }

    private ConfigNode convert(JsonNode json, String path, int depth) {
        size += 1 + path.length() / 16;
        if (size > YamlNodes.MAX_SIZE) {
            throw YamlReader.refuse(location, "has more than " + YamlNodes.MAX_SIZE + " values");
        }
        if (depth > YamlReader.MAX_DEPTH) {
            throw YamlReader.refuse(location, "nested deeper than " + YamlReader.MAX_DEPTH + " levels");
        }
        return new ConfigNode(
                switch (json.getNodeType()) {
                    case OBJECT -> entries(json, path, depth);
                    case ARRAY -> items(json, path, depth);
                    case STRING -> text(json.textValue());
                    case BOOLEAN -> json.booleanValue();
                    case NUMBER -> json.numberValue();
                    default -> null;
                },
                path,
                location);
    }

    private Map<String, ConfigNode> entries(JsonNode object, String path, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            String key = text(member.getKey());
            YamlNodes.checkKey(key, location);
            entries.put(key, convert(member.getValue(), path.isEmpty() ? key : path + "." + key, depth + 1));
        });
        return Collections.unmodifiableMap(entries);
    }

    private List<ConfigNode> items(JsonNode array, String path, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        for (JsonNode item : array) {
            items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
        }
        return Collections.unmodifiableList(items);
    }

    private String text(String text) {
        characters += text.length();
        if (characters > YamlReader.MAX_CODE_POINTS) {
            throw YamlReader.refuse(location, "longer than " + YamlReader.MAX_CODE_POINTS + " characters");
        }
        return text;
    }
}
