package dev.guardrails4j.server.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

class RedisThreadsTest extends ThreadStoreContract {

    private static final ThreadKey KEY = new ThreadKey(ThreadKey.EVERYBODY, "thread-0123456789");
    private static final List<Message> TURN = List.of(Message.user("Hello!"), Message.assistant("Hi!"));

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
    ThreadStore open(ThreadLimits limits) {
        try (Jedis client = server.client()) {
            client.flushAll();
        }
        return open("redis://" + server.address(), limits);
    }

    private static ThreadStore open(String url, ThreadLimits limits) {
        return RedisThreads.open(RedisAddress.parse(url), limits, InstantSource.system());
    }

    @Override
    Duration shortTime() {
        return Duration.ofSeconds(2);
    }

    /** Redis has its own clock: its keys' is put forward. */
    @Override
    void advance(Duration time) {
        try (Jedis client = server.client()) {
            client.keys("guardrails:*").forEach(key -> client.pexpire(key, client.pttl(key) - time.toMillis()));
        }
    }

    @Test
    void dropsExpiredThreadsFromItsIndexes() {
        ThreadLimits brief = new ThreadLimits(Duration.ofMillis(1), 10, 10_000);
        try (ThreadStore store = open("redis://" + server.address(), brief)) {
            store.append(new ThreadKey("indexed", KEY.id()), TURN);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> store.read(new ThreadKey("indexed", KEY.id())).isEmpty());
        }
        try (ThreadStore store = open("redis://" + server.address(), brief);
                Jedis client = server.client()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> client.keys("guardrails:*").isEmpty());
            assertThat(store.list("indexed", "", 10).threads()).isEmpty();
        }
    }

    @Test
    void logsInWithItsPassword(@TempDir Path own) {
        try (RedisServer guarded = RedisServer.start(own, "--requirepass", "open sesame")) {
            RedisAddress address = RedisAddress.parse("redis://" + guarded.address() + "/3");

            try (ThreadStore store = RedisThreads.open(
                    address.withPassword("open sesame"), ThreadLimits.DEFAULT, InstantSource.system())) {
                store.append(KEY, TURN);
                assertThat(store.read(KEY)).isPresent();
            }
            assertThatThrownBy(() -> RedisThreads.open(
                            address.withPassword("wrong"), ThreadLimits.DEFAULT, InstantSource.system()))
                    .isInstanceOf(ThreadStoreException.class)
                    .hasMessageContaining("password")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void keepsThreadsInACluster(@TempDir Path own) {
        try (RedisServer node = RedisServer.start(own, "--cluster-enabled", "yes")) {
            try (Jedis client = node.client()) {
                client.sendCommand(Protocol.Command.CLUSTER, "ADDSLOTSRANGE", "0", "16383");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> client.clusterInfo().contains("cluster_state:ok"));
            }
            try (ThreadStore store = open("redis-cluster://" + node.address(), ThreadLimits.DEFAULT)) {
                keepsAndForgets(store);
            }
        }
    }

    @Test
    void findsTheMasterThatSentinelsWatch(@TempDir Path one, @TempDir Path two) {
        try (RedisServer master = RedisServer.start(one);
                RedisServer sentinel = RedisServer.startSentinel(two, master, "main");
                ThreadStore store = open("redis-sentinel://" + sentinel.address() + "/main", ThreadLimits.DEFAULT)) {
            keepsAndForgets(store);
        }
    }

    private static void keepsAndForgets(ThreadStore store) {
        store.append(KEY, TURN);
        store.append(new ThreadKey(KEY.scope(), KEY.id() + "/another"), TURN);

        assertThat(store.read(KEY).orElseThrow().messages()).isEqualTo(TURN);
        assertThat(store.list(KEY.scope(), "", 10).threads()).hasSize(2);
        assertThat(store.delete(KEY)).isTrue();
        assertThat(store.read(KEY)).isEmpty();
    }

    @Test
    void saysThatNobodyAnswers(@TempDir Path own) {
        RedisServer gone = RedisServer.start(own);
        gone.close();

        assertThatThrownBy(() -> open("redis://" + gone.address(), ThreadLimits.DEFAULT))
                .isInstanceOf(ThreadStoreException.class)
                .hasMessageContaining("redis at " + gone.address() + " does not answer");
    }

    @Test
    void saysThatRedisIsGone(@TempDir Path own) {
        RedisServer going = RedisServer.start(own);
        try (ThreadStore store = open("redis://" + going.address(), ThreadLimits.DEFAULT)) {
            going.close();

            assertThatThrownBy(() -> store.append(KEY, TURN)).isInstanceOf(ThreadStoreException.class);
            assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(ThreadStoreException.class);
        }
    }
}
