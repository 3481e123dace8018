package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns JSON that is passed on as it is into plain maps, lists, strings, numbers and booleans. */
public final class PlainValues {

    private PlainValues() {}

    /** The members of an object in their order; nulls inside are kept. */
    public static Map<String, Object> ofObject(JsonNode object) {
        Map<String, Object> plain = new LinkedHashMap<>();
        object.properties().forEach(member -> plain.put(member.getKey(), of(member.getValue())));
        return Collections.unmodifiableMap(plain);
    }

    /** The members of an object that are not known and not null. */
    public static Map<String, Object> ofOthers(JsonNode object, Collection<String> known) {
        Map<String, Object> others = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                others.put(member.getKey(), of(member.getValue()));
            }
        });
        return others;
    }

    // A null is a legal value of a map or list that is only passed on (a JSON schema's default, for example).
    @SuppressWarnings("NullAway")
    public static Object of(JsonNode node) {
        if (node.isObject()) {
            return ofObject(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> plain = new ArrayList<>(node.size());
            node.forEach(item -> plain.add(of(item)));
            return Collections.unmodifiableList(plain);
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.textValue();
    }
}
