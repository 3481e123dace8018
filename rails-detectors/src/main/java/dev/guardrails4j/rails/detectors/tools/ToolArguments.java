package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The arguments of a tool's call, for rails that look at one of them. */
public final class ToolArguments {

    private ToolArguments() {}

    /**
     * A member of a JSON object: a text as it is, anything else as JSON.
     *
     * @return empty if the text is no JSON object, or one without such a member
     */
    public static Optional<String> member(String json, String name) {
        try {
            JsonNode value = ToolJson.arguments(json).get(name);
            if (value == null) {
                return Optional.empty();
            }
            return Optional.of(value.isTextual() ? value.textValue() : ToolJson.write(value));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
