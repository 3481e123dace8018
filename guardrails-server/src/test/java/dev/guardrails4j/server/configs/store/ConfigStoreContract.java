package dev.guardrails4j.server.configs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store does. */
@DisplayName("checks-contract 8: the config store")
abstract class ConfigStoreContract {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant THEN = Instant.parse("2026-05-01T12:00:00.123456Z");

    private ConfigStore store;

    abstract ConfigStore open(ConfigLimits limits);

    @BeforeEach
    void openStore() {
        store = open(ConfigLimits.DEFAULT);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static StoredConfig config(String workspace, String name, int revision, String data) {
        return new StoredConfig(
                new ConfigEntry(
                        new ConfigReference(workspace, name),
                        "guardrail-config-" + workspace + "-" + name,
                        revision,
                        Optional.of("What \u00e4 \"description\""),
                        JSON.createObjectNode().put("project", "p"),
                        THEN,
                        THEN.plusSeconds(revision)),
                Optional.of(json(data)));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static StoredConfig one(int revision) {
        return config(
                "default",
                "one",
                revision,
                "{\"passthrough\": true, \"prompts\": [\"\u4f60\u597d\"], \"revision\": " + revision + "}");
    }

    private StoredConfig found(String workspace, String name) {
        return store.find(new ConfigReference(workspace, name)).orElseThrow();
    }

    @Test
    void findsWhatWasStoredAsItWas() {
        store.create(one(0));

        assertThat(found("default", "one")).isEqualTo(one(0));
        assertThat(store.find(new ConfigReference("default", "two"))).isEmpty();
        assertThat(store.find(new ConfigReference("other", "one"))).isEmpty();
    }

    @Test
    void keepsWhatHasNoContents() {
        StoredConfig empty = new StoredConfig(one(0).entry(), Optional.empty());

        store.create(empty);

        assertThat(found("default", "one")).isEqualTo(empty);
    }

    @Test
    void storesNoSecondOneOfAName() {
        store.create(one(0));
        StoredConfig second = config("default", "one", 7, "{}");

        assertThatThrownBy(() -> store.create(second)).isInstanceOf(ConfigRefusedException.class);
        assertThat(found("default", "one")).isEqualTo(one(0));
        store.create(config("other", "one", 0, "{}"));
        assertThat(store.entries())
                .extracting(entry -> entry.reference().toString())
                .containsExactlyInAnyOrder("default/one", "other/one");
    }

    @Test
    void replacesOnlyTheStateThatWasFound() {
        store.create(one(0));
        store.replace(one(0).entry(), one(1));

        assertThatThrownBy(() -> store.replace(one(0).entry(), config("default", "one", 9, "{}")))
                .isInstanceOf(ConfigRefusedException.class)
                .hasMessageContaining("changed by somebody else");
        assertThatThrownBy(() ->
                        store.replace(config("default", "two", 0, "{}").entry(), config("default", "two", 1, "{}")))
                .isInstanceOf(ConfigRefusedException.class);
        assertThat(found("default", "one")).isEqualTo(one(1));
    }

    @Test
    void deletesOnlyTheStateThatWasFound() {
        store.create(one(0));
        store.replace(one(0).entry(), one(1));

        assertThatThrownBy(() -> store.delete(one(0).entry())).isInstanceOf(ConfigRefusedException.class);
        store.delete(one(1).entry());

        assertThat(store.find(new ConfigReference("default", "one"))).isEmpty();
        assertThat(store.entries()).isEmpty();
        assertThatThrownBy(() -> store.delete(one(1).entry())).isInstanceOf(ConfigRefusedException.class);
        store.create(one(0));
    }

    @Test
    void losesNoneOfManyWritersChanges() throws Exception {
        store.create(one(0));
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Integer>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                done.add(threads.submit(() -> {
                    start.await();
                    return changeUntilRefused();
                }));
            }
            start.countDown();
            int changes = 0;
            for (Future<Integer> writer : done) {
                changes += writer.get();
            }

            assertThat(found("default", "one").entry().revision()).isEqualTo(changes);
        } finally {
            threads.shutdownNow();
        }
    }

    private int changeUntilRefused() {
        for (int changes = 0; changes < 20; changes++) {
            ConfigEntry before = found("default", "one").entry();
            try {
                store.replace(
                        before,
                        config(
                                "default",
                                "one",
                                (int) before.revision() + 1,
                                "{\"by\": \"" + UUID.randomUUID() + "\"}"));
            } catch (ConfigRefusedException e) {
                return changes;
            }
        }
        return 20;
    }

    @Test
    void holdsNoMoreThanItsLimits() {
        store.close();
        store = open(new ConfigLimits(2, 4_000));
        store.create(one(0));
        store.create(config("default", "two", 0, "{}"));

        assertThatThrownBy(() -> store.create(config("default", "three", 0, "{}")))
                .isInstanceOf(ConfigRefusedException.class)
                .hasMessageContaining("holds 2 configurations at most");
        store.delete(config("default", "two", 0, "{}").entry());
        String large = "{\"text\": \"" + "x".repeat(4_000) + "\"}";
        assertThatThrownBy(() -> store.create(config("default", "two", 0, large)))
                .isInstanceOf(ConfigRefusedException.class)
                .hasMessageContaining("holds 4000 bytes at most");
        assertThatThrownBy(() -> store.replace(one(0).entry(), config("default", "one", 1, large)))
                .isInstanceOf(ConfigRefusedException.class);
        assertThat(found("default", "one")).isEqualTo(one(0));
        String half = "{\"text\": \"" + "x".repeat(2_000) + "\"}";
        store.replace(one(0).entry(), config("default", "one", 1, half));
        store.replace(config("default", "one", 1, half).entry(), config("default", "one", 2, half));
        store.create(config("default", "two", 0, "{}"));
    }

    @Test
    void hasAnotherVersionAfterEveryChange() {
        List<String> versions = new ArrayList<>();
        versions.add(store.version());
        store.create(one(0));
        versions.add(store.version());
        store.replace(one(0).entry(), one(1));
        versions.add(store.version());
        store.delete(one(1).entry());
        versions.add(store.version());

        assertThat(versions).doesNotHaveDuplicates();
    }
}
