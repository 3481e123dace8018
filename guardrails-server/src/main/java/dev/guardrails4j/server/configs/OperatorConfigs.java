package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.guardrails4j.engine.ConfigPart;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.configs.store.StoredConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configurations that callers may use and not change: the operator's folders, in the workspace {@code default}, and those
 * that every server has, in {@code system}. Safe for use by many threads.
 */
final class OperatorConfigs {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant SEEDED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Configurations configurations;
    private final FolderIds folders;

    OperatorConfigs(Configurations configurations) {
        this.configurations = configurations;
        this.folders = new FolderIds(configurations);
    }

    /** The one of a name, to be run. */
    Optional<ConfigPart> part(ConfigReference reference) {
        if (reference.workspace().equals(Workspaces.SYSTEM)) {
            return SystemConfigs.find(reference.name()).map(part -> part);
        }
        return isFolder(reference) ? Optional.of(new ConfigPart.OfFolder(reference.name())) : Optional.empty();
    }

    /** Whether there is one of a name. */
    boolean contains(ConfigReference reference) {
        return part(reference).isPresent();
    }

    /** The one of a name, to be shown. */
    Optional<StoredConfig> find(ConfigReference reference) {
        if (reference.workspace().equals(Workspaces.SYSTEM)) {
            return SystemConfigs.find(reference.name())
                    .map(seed -> new StoredConfig(seeded(reference), Optional.of(parse(seed.text()))));
        }
        return isFolder(reference) ? folder(reference) : Optional.empty();
    }

    /** What is known of all of a workspace. */
    List<ConfigEntry> entries(String workspace) {
        if (workspace.equals(Workspaces.SYSTEM)) {
            return SystemConfigs.names().stream()
                    .map(name -> seeded(new ConfigReference(workspace, name)))
                    .toList();
        }
        return workspace.equals(Workspaces.DEFAULT)
                ? folders.ids().stream()
                        .flatMap(id -> entry(new ConfigReference(workspace, id)))
                        .toList()
                : List.of();
    }

    private boolean isFolder(ConfigReference reference) {
        return reference.workspace().equals(Workspaces.DEFAULT) && folders.contains(reference.name());
    }

    private Optional<StoredConfig> folder(ConfigReference reference) {
        try {
            return entry(reference).findFirst().map(entry -> new StoredConfig(entry, Optional.of(source(reference))));
        } catch (InvalidConfigIdException removed) {
            return Optional.empty();
        }
    }

    private JsonNode source(ConfigReference reference) {
        return JSON.valueToTree(configurations.source(reference.name()));
    }

    private Stream<ConfigEntry> entry(ConfigReference reference) {
        try {
            return Stream.of(entry(
                    reference, configurations.changedAt(reference.name()), reference.name() + " guardrail config"));
        } catch (InvalidConfigIdException removed) {
            return Stream.empty();
        }
    }

    private static ConfigEntry seeded(ConfigReference reference) {
        return entry(reference, SEEDED_AT, "Comes with every server");
    }

    private static ConfigEntry entry(ConfigReference reference, Instant at, String description) {
        return new ConfigEntry(
                reference,
                ConfigIds.of(reference.toString()),
                0,
                Optional.of(description),
                JsonNodeFactory.instance.objectNode(),
                at,
                at);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server's jar has a configuration that is not JSON", e);
        }
    }
}
