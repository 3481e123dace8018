package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonInclude.Value;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** Writes wire records as JSON, their names in snake case. */
public final class Json {

    /** Threads live for one request, so that what they keep for the next is lost. */
    static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.sharedConcurrentDequePool();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().recyclerPool(BUFFERS).build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectWriter WITHOUT_NULLS = MAPPER.rebuild()
            .defaultPropertyInclusion(Value.construct(Include.NON_NULL, Include.ALWAYS))
            .build()
            .writer();

    private Json() {}

    /** The record as UTF-8. */
    public static byte[] write(Object wireRecord) {
        return write(WRITER, wireRecord);
    }

    /** The record as UTF-8, without what is null; nulls inside free values stay. */
    public static byte[] writeWithoutNulls(Object wireRecord) {
        return write(WITHOUT_NULLS, wireRecord);
    }

    private static byte[] write(ObjectWriter writer, Object wireRecord) {
        try {
            // By way of a string: half a character, which a model may well say, becomes a question mark instead of a
            // fault.
            return writer.writeValueAsString(wireRecord).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
