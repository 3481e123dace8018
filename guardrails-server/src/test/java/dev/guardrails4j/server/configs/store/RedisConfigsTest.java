package dev.guardrails4j.server.configs.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

class RedisConfigsTest extends ConfigStoreContract {

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = RedisServer.startOrSkip(folder);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    ConfigStore open(ConfigLimits limits) {
        try (Jedis client = server.client()) {
            client.flushAll();
        }
        return connect(server, limits);
    }

    private static ConfigStore connect(RedisServer redis, ConfigLimits limits) {
        return ConfigStores.redis(RedisAddress.parse("redis://" + redis.address()), limits);
    }

    @Test
    void tellsEveryServerThatSomethingHasChanged() {
        try (ConfigStore one = open(ConfigLimits.DEFAULT);
                ConfigStore other = connect(server, ConfigLimits.DEFAULT)) {
            String before = other.version();
            one.create(config("default", "one", 0, "{}"));

            await().atMost(5, SECONDS).until(() -> !other.version().equals(before));
            assertThat(other.find(new ConfigReference("default", "one"))).contains(config("default", "one", 0, "{}"));
        }
    }

    @Test
    void changesNothingWhenAnAnswerWasLostAndTheScriptRunsAgain() {
        try (ConfigStore store = open(ConfigLimits.DEFAULT)) {
            StoredConfig config = config("default", "one", 0, "{}");
            store.create(config);

            store.create(config);

            assertThat(store.entries()).hasSize(1);
        }
    }

    @Test
    void servesWhatItKnowsWhileRedisIsGoneAndSaysThatItCannotBeAsked(@TempDir Path own) {
        RedisServer going = RedisServer.start(own);
        try (ConfigStore store = connect(going, ConfigLimits.DEFAULT)) {
            String before = store.version();
            going.close();

            assertThat(store.version()).isEqualTo(before);
            assertThatThrownBy(() -> store.find(new ConfigReference("default", "one")))
                    .isInstanceOf(ConfigStoreException.class);
            assertThatThrownBy(() -> store.create(config("default", "one", 0, "{}")))
                    .isInstanceOf(ConfigStoreException.class);
        }
    }

    @Test
    void worksInACluster(@TempDir Path own) {
        try (RedisServer node = RedisServer.start(own, "--cluster-enabled", "yes")) {
            try (Jedis client = node.client()) {
                client.sendCommand(Protocol.Command.CLUSTER, "ADDSLOTSRANGE", "0", "16383");
                await().atMost(30, SECONDS).until(() -> client.clusterInfo().contains("cluster_state:ok"));
            }
            try (ConfigStore store =
                    ConfigStores.redis(RedisAddress.parse("redis-cluster://" + node.address()), ConfigLimits.DEFAULT)) {
                StoredConfig config = config("default", "one", 0, "{}");
                store.create(config);

                assertThat(store.find(config.entry().reference())).contains(config);
                store.delete(config.entry());
                assertThat(store.entries()).isEmpty();
            }
        }
    }

    @Test
    void saysThatRedisDoesNotAnswer(@TempDir Path own) {
        RedisServer gone = RedisServer.start(own);
        gone.close();

        assertThatThrownBy(() -> connect(gone, ConfigLimits.DEFAULT))
                .isInstanceOf(ConfigStoreException.class)
                .hasMessageContaining("check config_store.redis.url");
    }
}
