package dev.guardrails4j.engine.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as it comes from and goes to models: bounded, into plain maps and lists. */
final class WireJson {

    private static final int MAX_DEPTH = 100;
    /** What numbers, {@code true}, {@code false} and {@code null} begin with. */
    private static final String BARE_VALUES = "-0123456789tfn";

    private static final int LONGEST_BARE_VALUE = 32;
    private static final String NOT_JSON = "a value that is none of JSON's";

    /**
     * The length of strings is bounded by that of the bodies that are read. Threads live for one request, so that buffers
     * they keep for the next are lost: all share them.
     */
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private WireJson() {}

    /** A JSON object, unmodifiable at every depth; empty if the text is anything else. */
    static Optional<Map<String, Object>> object(byte[] json) {
        try {
            Map<String, Object> object = MAPPER.readValue(json, OBJECT);
            return Optional.ofNullable(object).map(WireJson::frozen);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A value of JSON, unmodifiable at every depth; empty if the text is null or no JSON. */
    static Optional<Object> value(byte[] json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, Object.class)).map(WireJson::frozenValue);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a text begins and ends as a value of JSON does: neither a web page, nor half of an object, nor nothing. */
    static boolean mayBeJson(byte[] text) {
        int start = 0;
        int end = text.length;
        while (start < end && text[start] <= ' ' && text[start] >= 0) {
            start++;
        }
        while (end > start && text[end - 1] <= ' ' && text[end - 1] >= 0) {
            end--;
        }
        if (start == end) {
            return false;
        }
        return switch (text[start]) {
            case '{' -> text[end - 1] == '}';
            case '[' -> text[end - 1] == ']';
            case '"' -> text[end - 1] == '"';
            default -> BARE_VALUES.indexOf(text[start]) >= 0 && end - start <= LONGEST_BARE_VALUE;
        };
    }

    /**
     * A value of JSON in UTF-8.
     *
     * @throws IllegalArgumentException if it is no value of JSON
     */
    static byte[] bytes(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            write(json, value);
        } catch (IOException e) {
            throw new IllegalArgumentException(NOT_JSON, e);
        }
        return out.toByteArray();
    }

    /**
     * A value of JSON as text.
     *
     * @throws IllegalArgumentException if it is no value of JSON
     */
    static String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /**
     * Writes a value of JSON. Not by the mapper, which keeps the class of every object that it has written for ever, and so
     * the plug-in that the class is of.
     *
     * @throws IllegalArgumentException if it is no value of JSON
     */
    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        write(json, value, 0);
    }

    private static void write(JsonGenerator json, @Nullable Object value, int depth) throws IOException {
        if (value instanceof Map<?, ?> map && depth < MAX_DEPTH) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue(), depth + 1);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list && depth < MAX_DEPTH) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item, depth + 1);
            }
            json.writeEndArray();
        } else {
            writeScalar(json, value);
        }
    }

    private static void writeScalar(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof CharSequence || value instanceof Enum) {
            json.writeString(value.toString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.doubleValue());
        } else {
            throw new IllegalArgumentException(
                    NOT_JSON + ": a " + value.getClass().getName());
        }
    }

    private static Map<String, Object> frozen(Map<String, Object> object) {
        object.replaceAll((key, value) -> frozenValue(value));
        return Collections.unmodifiableMap(object);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object frozenValue(@Nullable Object value) {
        if (value instanceof Map) {
            return frozen((Map<String, Object>) value);
        }
        if (value instanceof List) {
            List<Object> list = (List<Object>) value;
            list.replaceAll(WireJson::frozenValue);
            return Collections.unmodifiableList(list);
        }
        return value;
    }
}
