package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads the JSON of tool calls: within limits, and only what every other reader reads alike. */
final class ToolJson {

    static final int MAX_ARGUMENT_CHARACTERS = 262_144;
    static final int MAX_DEPTH = 64;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // Of two values for one key, the tool might read another than is checked here.
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_ARGUMENT_CHARACTERS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ToolJson() {}

    /** The arguments of a call. No text at all is what some models write for no arguments. */
    static JsonNode arguments(String text) throws JsonProcessingException {
        if (text.length() > MAX_ARGUMENT_CHARACTERS) {
            throw new JsonParseException("longer than " + MAX_ARGUMENT_CHARACTERS + " characters");
        }
        return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
    }

    /** JSON-like values as text. */
    static String write(Object value) throws JsonProcessingException {
        return JSON.writeValueAsString(value);
    }

    /** Text that {@link #write} has made. */
    static JsonNode read(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
