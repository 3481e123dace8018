package dev.guardrails4j.server.configs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.guardrails4j.engine.config.CallerConfig;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.configs.store.StoredConfig;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredPartsTest {

    private static final ConfigReference ONE = new ConfigReference("team", "one");

    private final ConfigStore store = ConfigStores.memory(ConfigLimits.DEFAULT);
    private final StoredParts parts = new StoredParts(store);

    @AfterEach
    void close() {
        store.close();
    }

    private static StoredConfig config(ConfigReference reference, int revision) {
        Instant then = Instant.parse("2026-05-01T12:00:00Z");
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("revision", revision);
        return new StoredConfig(
                new ConfigEntry(
                        reference, "id", revision, Optional.empty(), JsonNodeFactory.instance.objectNode(), then, then),
                Optional.of(data));
    }

    @Test
    void readsAConfigurationOnceUntilSomethingChanges() {
        store.create(config(ONE, 0));
        CallerConfig first = parts.find(ONE).orElseThrow();

        assertThat(parts.find(ONE).orElseThrow()).isSameAs(first);
        store.replace(config(ONE, 0).entry(), config(ONE, 1));

        assertThat(parts.find(ONE).orElseThrow().data().path("revision").asInt())
                .isEqualTo(1);
        assertThat(parts.find(ONE).orElseThrow().fingerprint()).isNotEqualTo(first.fingerprint());
        store.delete(config(ONE, 1).entry());
        assertThat(parts.find(ONE)).isEmpty();
    }

    @Test
    void remembersNothingOfWhatCannotBeStored() {
        ConfigReference endless = new ConfigReference("team", "x".repeat(100_000));
        store.create(config(endless, 0));

        assertThat(parts.find(endless)).isEmpty();
        assertThat(parts.find(new ConfigReference("../team", "one"))).isEmpty();
    }

    @Test
    void runsOneWithoutContentsAsAnEmptyOne() {
        store.create(new StoredConfig(config(ONE, 0).entry(), Optional.empty()));

        assertThat(parts.find(ONE).orElseThrow().data()).isEmpty();
    }
}
