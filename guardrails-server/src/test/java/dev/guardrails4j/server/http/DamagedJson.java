package dev.guardrails4j.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.testkit.SeededRandom;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Values in JSON of which one to three, anywhere, have been taken away, doubled, or replaced by what does not belong there. */
final class DamagedJson {

    /** Meant for a person or a model, and so for no error and no log. */
    static final String CANARY = "canary8c1f";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SeededRandom random;

    private DamagedJson(SeededRandom random) {
        this.random = random;
    }

    static JsonNode of(JsonNode sound, SeededRandom random) {
        JsonNode whole = sound.deepCopy();
        int wounds = random.between(1, 3);
        for (int wound = 0; wound < wounds; wound++) {
            new DamagedJson(random).wound(whole);
        }
        return whole;
    }

    private void wound(JsonNode whole) {
        List<JsonNode> parents = new ArrayList<>();
        collect(whole, parents);
        JsonNode parent = random.oneOf(parents);
        if (parent instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = random.oneOf(names);
            switch (random.below(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(random.oneOf(names), object.get(name).deepCopy());
                default -> object.set(name, hostile());
            }
        } else if (parent instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.below(array.size());
            switch (random.below(4)) {
                case 0 -> array.remove(index);
                case 1 -> array.add(array.get(index).deepCopy());
                default -> array.set(index, hostile());
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode()) {
            parents.add(node);
            node.forEach(child -> collect(child, parents));
        }
    }

    private JsonNode hostile() {
        return switch (random.below(20)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.oneIn(2));
            case 2 ->
                NODES.numberNode(random.oneOf(List.of(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, 2147483648L, 0L, -1L)));
            case 3 -> NODES.numberNode(new BigDecimal(random.oneOf(List.of("1e400", "-1e-400", "0.1", "1e99999"))));
            case 4 -> NODES.numberNode(BigInteger.TEN.pow(random.between(20, 900)));
            case 5 -> NODES.textNode("");
            case 6 -> NODES.textNode(CANARY.repeat(random.between(1, 5_000)));
            case 7 -> NODES.textNode(CANARY + "\u0000\u202e{{7*7}}${HOME}../../etc/passwd<script>\r\n");
            case 8 -> NODES.arrayNode();
            case 9 -> NODES.objectNode();
            case 10 -> NODES.arrayNode().add(CANARY).add(1).addNull();
            case 11 -> NODES.objectNode().put("other", CANARY);
            case 12 -> nested(random.oneOf(List.of(5, 60, 150, 400)));
            case 13 ->
                NODES.textNode(random.oneOf(List.of("user", "main", "default", "pass", "checked", "true", "1", "NaN")));
            case 14 -> NODES.textNode(random.text(60) + CANARY);
            case 15 -> NODES.textNode(CANARY + "\ud83d");
            case 16 -> many(random.oneOf(List.of(10, 300, 3_000)));
            default -> NODES.textNode(CANARY);
        };
    }

    private static JsonNode nested(int depth) {
        ArrayNode inner = NODES.arrayNode();
        for (int i = 0; i < depth; i++) {
            inner = NODES.arrayNode().add(inner);
        }
        return inner;
    }

    private static JsonNode many(int count) {
        ArrayNode items = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            items.add(CANARY);
        }
        return items;
    }
}
