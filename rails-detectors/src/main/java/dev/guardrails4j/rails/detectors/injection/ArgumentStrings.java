package dev.guardrails4j.rails.detectors.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The texts within the arguments of a tool's call, as the tool will see them: without JSON's escapes. For one thread. */
final class ArgumentStrings {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String source;
    private final JsonNode arguments;
    private boolean changed;

    private ArgumentStrings(String source, JsonNode arguments) {
        this.source = source;
        this.arguments = arguments;
    }

    /** The texts of some JSON; empty if it is none, and then is to be looked at as it is. */
    static Optional<ArgumentStrings> of(String json) {
        try {
            JsonNode arguments = JSON.readTree(json);
            return arguments == null || arguments.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(new ArgumentStrings(json, arguments));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The JSON with each name and text in it changed; as it was, to the letter, if none is. */
    String withEach(UnaryOperator<String> change) {
        JsonNode result = changed(arguments, change);
        return changed ? result.toString() : source;
    }

    private JsonNode changed(JsonNode node, UnaryOperator<String> change) {
        if (node.isTextual()) {
            return TextNode.valueOf(apply(node.textValue(), change));
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(changed(item, change)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(entry -> object.set(apply(entry.getKey(), change), changed(entry.getValue(), change)));
            return object;
        }
        return node;
    }

    private String apply(String text, UnaryOperator<String> change) {
        String result = change.apply(text);
        changed |= !result.equals(text);
        return result;
    }
}
