package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Shows configurations with what they leave out filled in, contract "checks" 8.1. What is filled in is what holds here, so
 * that a configuration that was read and is written back means the same.
 */
final class ConfigDefaults {

    private static final JsonNode DEFAULTS = read();

    private ConfigDefaults() {}

    /** The same configuration with every key there is. */
    static ObjectNode fill(JsonNode data) {
        ObjectNode filled = filled(data, DEFAULTS.get("config"));
        fillItems(filled.get("models"), DEFAULTS.get("model"));
        fillItems(filled.get("prompts"), DEFAULTS.get("prompt"));
        return filled;
    }

    private static ObjectNode filled(JsonNode data, JsonNode defaults) {
        ObjectNode filled = data.deepCopy();
        defaults.properties().forEach(entry -> {
            JsonNode given = filled.get(entry.getKey());
            if (given == null) {
                filled.set(entry.getKey(), entry.getValue().deepCopy());
            } else if (given.isObject() && entry.getValue().isObject()) {
                filled.set(entry.getKey(), filled(given, entry.getValue()));
            }
        });
        return filled;
    }

    private static void fillItems(JsonNode list, JsonNode defaults) {
        if (list instanceof ArrayNode items) {
            for (int index = 0; index < items.size(); index++) {
                if (items.get(index).isObject()) {
                    items.set(index, filled(items.get(index), defaults));
                }
            }
        }
    }

    private static JsonNode read() {
        try (InputStream resource = ConfigDefaults.class.getResourceAsStream("defaults.json")) {
            return new JsonMapper().readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
