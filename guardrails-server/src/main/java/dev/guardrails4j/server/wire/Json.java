package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** Writes wire records as JSON, their names in snake case, nulls and all. */
public final class Json {

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build()
            .writer();

    private Json() {}

    /** The record as UTF-8. */
    public static byte[] write(Object wireRecord) {
        try {
            // By way of a string: half a character, which a model may well say, becomes a question mark instead of a
            // fault.
            return WRITER.writeValueAsString(wireRecord).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
