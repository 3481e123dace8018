package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.wire.PythonText;
import dev.guardrails4j.server.wire.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the filter language of contract "checks" 8.2: as deep objects ({@code filter[name][$like]=x}) or as JSON ({@code
 * filter={"name": {"$like": "x"}}}).
 */
final class FilterReader {

    private static final String FILTER = "filter";
    private static final int MOST_CONDITIONS = 50;
    private static final int DEEPEST = 20;
    private static final Pattern DEEP_KEY = Pattern.compile("filter\\[([^\\[\\]]+)](?:\\[([^\\[\\]]+)])?(\\[\\d*])?");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private int conditions;

    private FilterReader() {}

    /** @throws RequestException if the parameters of a query hold a filter that is not right */
    static Predicate<ConfigEntry> read(Map<String, List<String>> query) {
        FilterReader reader = new FilterReader();
        Predicate<ConfigEntry> all = entry -> true;
        for (String text : query.getOrDefault(FILTER, List.of())) {
            if (!text.isBlank()) {
                all = all.and(reader.object(parse(text)));
            }
        }
        return all.and(reader.object(deepObject(query)));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("it is not JSON");
        }
    }

    private static ObjectNode deepObject(Map<String, List<String>> query) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        query.forEach((key, values) -> {
            if (!key.startsWith(FILTER + "[")) {
                return;
            }
            Matcher matcher = DEEP_KEY.matcher(key);
            if (!matcher.matches()) {
                throw invalid("write filter[FIELD]=VALUE, filter[FIELD][$OPERATOR]=VALUE, or filter=JSON");
            }
            String operator = matcher.group(2) == null ? "$eq" : matcher.group(2);
            ObjectNode field = object.withObjectProperty(matcher.group(1));
            if (FilterOperator.takesList(operator)) {
                ArrayNode list = field.withArrayProperty(operator);
                values.forEach(value -> List.of(value.split(",")).forEach(list::add));
            } else {
                field.put(operator, values.get(values.size() - 1));
            }
        });
        return object;
    }

    private Predicate<ConfigEntry> object(JsonNode node) {
        if (!node.isObject()) {
            throw invalid("it must be an object");
        }
        List<Predicate<ConfigEntry>> parts = new ArrayList<>();
        node.properties().forEach(entry -> parts.add(part(entry.getKey(), entry.getValue())));
        return parts.stream().reduce(entry -> true, Predicate::and);
    }

    private Predicate<ConfigEntry> part(String key, JsonNode value) {
        return switch (key) {
            case "$and" -> list(key, value).stream().reduce(entry -> true, Predicate::and);
            case "$or" -> list(key, value).stream().reduce(entry -> false, Predicate::or);
            case "$not" -> object(value).negate();
            default -> field(FilterField.named(key), value);
        };
    }

    private List<Predicate<ConfigEntry>> list(String key, JsonNode value) {
        if (!value.isArray()) {
            throw invalid(key + " takes a list");
        }
        List<Predicate<ConfigEntry>> parts = new ArrayList<>();
        value.forEach(item -> parts.add(object(item)));
        return parts;
    }

    private Predicate<ConfigEntry> field(FilterField field, JsonNode value) {
        if (!value.isObject()) {
            return condition(field, "$eq", value);
        }
        List<Predicate<ConfigEntry>> parts = new ArrayList<>();
        value.properties().forEach(entry -> parts.add(condition(field, entry.getKey(), entry.getValue())));
        return parts.stream().reduce(entry -> true, Predicate::and);
    }

    private Predicate<ConfigEntry> condition(FilterField field, String operator, JsonNode value) {
        if (++conditions > MOST_CONDITIONS) {
            throw invalid("it has more than " + MOST_CONDITIONS + " conditions");
        }
        if (operator.equals("$not")) {
            return field(field, value).negate();
        }
        return FilterOperator.named(operator).condition(field, value);
    }

    static RequestException invalid(String problem) {
        return RequestException.of(400, "Invalid filter: " + problem);
    }

    static RequestException unknown(String what, String name, String whose, List<String> known) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "..." : name;
        return RequestException.of(
                400, "Unknown filter %s '%s'. Valid %s: %s".formatted(what, shown, whose, PythonText.list(known)));
    }
}
