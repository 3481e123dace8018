package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;

/** The schemas of tools, compiled when they are first seen, the most used ones kept. Safe for use by many threads. */
final class ToolSchemas {

    private static final int MAX_SCHEMA_CHARACTERS = 65_536;
    private static final int MAX_KEPT_CHARACTERS = 4 * 1_048_576;

    private final Cache<String, Compiled> compiled = Caffeine.newBuilder()
            .maximumWeight(MAX_KEPT_CHARACTERS)
            .weigher((String json, Compiled outcome) -> json.length())
            .build();

    /** @throws UnusableSchemaException if it is wrong, too large, or asks for what is not served */
    ToolSchema compiled(Map<?, ?> schema) throws UnusableSchemaException {
        return compiled.get(json(schema), Compiled::of).get();
    }

    private static String json(Map<?, ?> schema) throws UnusableSchemaException {
        String json;
        try {
            json = ToolJson.write(schema);
        } catch (JsonProcessingException e) {
            throw new UnusableSchemaException("cannot be written as JSON");
        }
        if (json.length() > MAX_SCHEMA_CHARACTERS) {
            throw new UnusableSchemaException("is longer than " + MAX_SCHEMA_CHARACTERS + " characters");
        }
        return json;
    }

    /** A schema, or why there is none. */
    private record Compiled(Optional<ToolSchema> schema, String problem) {

        static Compiled of(String json) {
            try {
                return new Compiled(Optional.of(ToolSchema.compile(ToolJson.read(json))), "");
            } catch (UnusableSchemaException e) {
                return new Compiled(Optional.empty(), String.valueOf(e.getMessage()));
            } catch (JsonProcessingException e) {
                return new Compiled(Optional.empty(), "is nested too deeply, or holds a number that is too long");
            }
        }

        ToolSchema get() throws UnusableSchemaException {
            return schema.orElseThrow(() -> new UnusableSchemaException(problem));
        }
    }
}
