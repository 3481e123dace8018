package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.server.configs.store.StoredConfig;
import dev.guardrails4j.server.wire.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may say of a configuration, contract "checks" 8.1 to 8.3. Immutable.
 *
 * @param description what it is for
 * @param data the configuration, an object
 * @param labels what nobody here reads, an object
 */
record ConfigContent(Optional<String> description, Optional<JsonNode> data, JsonNode labels) {

    static final ConfigContent EMPTY =
            new ConfigContent(Optional.empty(), Optional.empty(), JsonNodeFactory.instance.objectNode());

    private static final String DESCRIPTION = "description";
    private static final String DATA = "data";
    private static final List<String> OBJECTS_OF_V1 = List.of("custom_fields", "ownership");
    private static final int LONGEST_DESCRIPTION = 4_096;
    private static final int LONGEST_LABELS = 16_384;

    static ConfigContent of(StoredConfig config) {
        return new ConfigContent(
                config.entry().description(), config.data(), config.entry().labels());
    }

    /**
     * This content with all that a body gives. What is wrong is added to the body's violations.
     *
     * @param body of a request that creates or changes a configuration
     */
    ConfigContent with(Field body, ConfigDialect dialect) {
        return new ConfigContent(
                given(body.at(DESCRIPTION), description, ConfigContent::description),
                given(body.at(DATA), data, ConfigContent::object),
                dialect == ConfigDialect.V1 ? labels(body) : labels);
    }

    /** What a field gives: what it says, nothing if that is null, and what there was if it is not there. */
    private static <T> Optional<T> given(
            Field field, Optional<T> before, java.util.function.Function<Field, Optional<T>> reader) {
        return field.isMissing() ? before : field.isGiven() ? reader.apply(field) : Optional.empty();
    }

    private static Optional<String> description(Field field) {
        return field.string().filter(text -> {
            boolean fits = text.length() <= LONGEST_DESCRIPTION;
            if (!fits) {
                field.reject("String should have at most " + LONGEST_DESCRIPTION + " characters");
            }
            return fits;
        });
    }

    private static Optional<JsonNode> object(Field field) {
        return field.isObject() ? Optional.of(field.node()) : Optional.empty();
    }

    private JsonNode labels(Field body) {
        ObjectNode read = labels.deepCopy();
        set(
                read,
                "project",
                given(
                        body.at("project"),
                        Optional.ofNullable(labels.get("project")),
                        field -> field.string().<JsonNode>map(read::textNode)));
        OBJECTS_OF_V1.forEach(key ->
                set(read, key, given(body.at(key), Optional.ofNullable(labels.get(key)), ConfigContent::object)));
        if (read.toString().length() > LONGEST_LABELS) {
            body.at("custom_fields")
                    .reject("project, custom_fields and ownership are longer than " + LONGEST_LABELS
                            + " characters together");
        }
        if (body.at("files_url").isGiven()) {
            body.at("files_url").reject("Files are not fetched; give the configuration as data");
        }
        return read;
    }

    private static void set(ObjectNode labels, String key, Optional<? extends JsonNode> value) {
        @Nullable JsonNode node = value.orElse(null);
        if (node == null) {
            labels.remove(key);
        } else {
            labels.set(key, node);
        }
    }
}
