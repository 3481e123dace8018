package dev.guardrails4j.engine.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as it comes from and goes to models: bounded, into plain maps and lists. */
final class WireJson {

    private static final int MAX_DEPTH = 100;

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

    /** A value of JSON in UTF-8. */
    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value that is none of JSON's", e);
        }
    }

    /** A value of JSON as text. */
    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value that is none of JSON's", e);
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
