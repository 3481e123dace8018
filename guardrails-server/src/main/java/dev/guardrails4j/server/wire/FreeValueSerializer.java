package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what plug-ins and upstreams hand over: JSON-like values as they are, nulls kept, and anything else as its text,
 * so that no object of a plug-in is taken apart.
 */
public final class FreeValueSerializer extends JsonSerializer<Object> {

    private static final int DEEPEST = 100;

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider) throws IOException {
        write(value, json, 0);
    }

    private static void write(@Nullable Object value, JsonGenerator json, int depth) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map && depth < DEEPEST) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue(), json, depth + 1);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list && depth < DEEPEST) {
            json.writeStartArray();
            for (Object item : list) {
                write(item, json, depth + 1);
            }
            json.writeEndArray();
        } else {
            writeScalar(value, json, depth);
        }
    }

    private static void writeScalar(Object value, JsonGenerator json, int depth) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.doubleValue());
        } else {
            json.writeString(depth < DEEPEST ? value.toString() : "...");
        }
    }
}
