package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** What a schema may not hold, because it would be fetched from somewhere, or take too long. */
final class SchemaLimits {

    private static final int MAX_NODES = 5_000;
    private static final Set<String> DRAFTS = Set.of(
            "http://json-schema.org/draft-04/schema",
            "http://json-schema.org/draft-06/schema",
            "http://json-schema.org/draft-07/schema",
            "https://json-schema.org/draft/2019-09/schema",
            "https://json-schema.org/draft/2020-12/schema");

    private int nodes;

    private SchemaLimits() {}

    static void check(JsonNode schema) throws UnusableSchemaException {
        new SchemaLimits().checkNode(schema);
    }

    private void checkNode(JsonNode node) throws UnusableSchemaException {
        if (++nodes > MAX_NODES) {
            throw new UnusableSchemaException("has more than " + MAX_NODES + " values");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getValue().isTextual()) {
                checkText(member.getKey(), member.getValue().textValue());
            }
            checkNode(member.getValue());
        }
        if (node.isArray()) {
            for (JsonNode item : node) {
                checkNode(item);
            }
        }
    }

    private static void checkText(String key, String text) throws UnusableSchemaException {
        switch (key) {
            case "$ref" -> {
                if (!text.startsWith("#")) {
                    throw new UnusableSchemaException("refers to another document, and nothing is fetched");
                }
            }
            case "$dynamicRef", "$recursiveRef" ->
                throw new UnusableSchemaException("uses dynamic references; use $ref");
            case "$schema" -> {
                if (!DRAFTS.contains(text.endsWith("#") ? text.substring(0, text.length() - 1) : text)) {
                    throw new UnusableSchemaException("is of an unknown draft; known are 4, 6, 7, 2019-09 and 2020-12");
                }
            }
            default -> {}
        }
    }
}
