package dev.guardrails4j.server.configs.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How configurations are written in a store: what is known of one, and its contents, apart. */
final class ConfigCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConfigCodec() {}

    static String text(ConfigEntry entry) {
        ObjectNode node = JSON.createObjectNode()
                .put("workspace", entry.reference().workspace())
                .put("name", entry.reference().name())
                .put("id", entry.id())
                .put("revision", entry.revision())
                .put("created_at", micros(entry.createdAt()))
                .put("updated_at", micros(entry.updatedAt()));
        entry.description().ifPresent(text -> node.put("description", text));
        node.set("labels", entry.labels());
        return node.toString();
    }

    static ConfigEntry entry(String text) {
        JsonNode node = parse(text);
        return new ConfigEntry(
                new ConfigReference(
                        node.path("workspace").asText(), node.path("name").asText()),
                node.path("id").asText(),
                node.path("revision").asLong(),
                string(node.get("description")),
                node.path("labels"),
                instant(node.path("created_at").asLong()),
                instant(node.path("updated_at").asLong()));
    }

    /** The contents; {@code null} if there are none. */
    static String data(StoredConfig config) {
        return config.data().map(JsonNode::toString).orElse("null");
    }

    static StoredConfig config(String entry, String data) {
        return new StoredConfig(entry(entry), Optional.of(parse(data)).filter(JsonNode::isObject));
    }

    /** How long what is written is, in bytes. */
    static long size(String entry, String data) {
        return entry.getBytes(UTF_8).length + (long) data.getBytes(UTF_8).length;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ConfigStoreException("a stored configuration cannot be read", e);
        }
    }

    private static Optional<String> string(@Nullable JsonNode node) {
        return Optional.ofNullable(node).map(JsonNode::textValue);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
