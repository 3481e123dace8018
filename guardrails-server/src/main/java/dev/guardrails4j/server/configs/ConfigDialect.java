package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.configs.store.StoredConfig;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** In which words configurations are told over HTTP. */
public enum ConfigDialect {

    /** Those of the platform, contract "checks" 8.1 and 8.2. */
    PLATFORM("created_at", "Config '%s' already exists.") {

        @Override
        public ObjectNode written(StoredConfig config) {
            ConfigEntry entry = config.entry();
            ObjectNode shown = JSON.objectNode()
                    .put("name", entry.reference().name())
                    .put("workspace", entry.reference().workspace());
            shown.set("project", label(entry, "project", JSON.nullNode()));
            shown.put("description", entry.description().orElse(null));
            shown.set("data", data(config));
            return shown.put("id", entry.id())
                    .put("created_at", time(entry.createdAt()) + "Z")
                    .putNull("created_by")
                    .put("updated_at", time(entry.updatedAt()) + "Z")
                    .putNull("updated_by")
                    .put("entity_id", entry.id())
                    .putNull("parent");
        }

        @Override
        ObjectNode envelope() {
            return JSON.objectNode();
        }

        @Override
        String id(ConfigEntry entry) {
            return entry.id();
        }
    },

    /** Those of the microservice before it, contract "checks" 8.3. */
    V1("-created_at", "config '%s' already exists.") {

        @Override
        public ObjectNode written(StoredConfig config) {
            ConfigEntry entry = config.entry();
            ObjectNode shown = JSON.objectNode()
                    .put("created_at", time(entry.createdAt()))
                    .put("updated_at", time(entry.updatedAt()))
                    .put("name", entry.reference().name())
                    .put("namespace", entry.reference().workspace())
                    .put("description", entry.description().orElse(null));
            shown.set("data", data(config));
            shown.put("schema_version", "1.0");
            shown.set("project", label(entry, "project", JSON.nullNode()));
            shown.set("custom_fields", label(entry, "custom_fields", JSON.objectNode()));
            shown.set("ownership", label(entry, "ownership", JSON.nullNode()));
            return shown;
        }

        @Override
        ObjectNode envelope() {
            return JSON.objectNode().put("object", "list");
        }

        @Override
        String id(ConfigEntry entry) {
            return entry.id().replaceFirst("-config-", "-");
        }
    };

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final String defaultSort;
    private final String alreadyExists;

    ConfigDialect(String defaultSort, String alreadyExists) {
        this.defaultSort = defaultSort;
        this.alreadyExists = alreadyExists;
    }

    /** What whoever writes a configuration is told: all keys, empty ones too. */
    public abstract ObjectNode written(StoredConfig config);

    abstract ObjectNode envelope();

    abstract String id(ConfigEntry entry);

    /** What whoever reads a configuration is told: keys with a value. */
    public ObjectNode read(StoredConfig config) {
        ObjectNode shown = written(config);
        dropNulls(shown);
        return shown;
    }

    /** What whoever lists configurations is told. */
    public ObjectNode listed(ConfigPage page) {
        ObjectNode shown = envelope();
        ArrayNode data = shown.putArray("data");
        page.configs().forEach(config -> data.add(read(config)));
        shown.putObject("pagination")
                .put("page", page.page())
                .put("page_size", page.pageSize())
                .put("current_page_size", page.configs().size())
                .put("total_pages", page.totalPages())
                .put("total_results", page.totalResults());
        return shown.put("sort", page.sort());
    }

    /** What whoever deletes a configuration is told. */
    public ObjectNode deleted(ConfigEntry entry) {
        return JSON.objectNode()
                .put("message", "Resource deleted successfully.")
                .put("id", id(entry))
                .putNull("deleted_at");
    }

    String alreadyExists(String name) {
        return alreadyExists.formatted(name);
    }

    String defaultSort() {
        return defaultSort;
    }

    /** A time in UTC, always of the same length, so that later ones are greater. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static JsonNode data(StoredConfig config) {
        return config.data()
                .<JsonNode>map(data -> ConfigDefaults.fill(SecretMask.over(data)))
                .orElse(JSON.nullNode());
    }

    private static JsonNode label(ConfigEntry entry, String key, JsonNode otherwise) {
        JsonNode label = entry.labels().get(key);
        return label == null ? otherwise : label;
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(entry -> entry.getValue().isNull());
        }
        node.valueStream().forEach(ConfigDialect::dropNulls);
    }
}
