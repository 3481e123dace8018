package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.access.AccessControl;
import dev.guardrails4j.server.access.KeyRing;
import dev.guardrails4j.server.access.RedisRateLimiter;
import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisServer;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that is killed while threads are written and limits counted, and comes back: docs/faults.md. */
@Timeout(120)
class RedisOutageTest {

    private static final int WRITERS = 4;

    @TempDir
    private Path folder;

    @TempDir
    private Path redisFolder;

    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void turnsAreKeptWholeOrNotAtAllAndWorkGoesOnWhenItIsBack() {
        try (RedisServer redis = RedisServer.startDurableOrSkip(redisFolder);
                ScriptedUpstream upstream = ScriptedUpstream.start().answer("Noted.");
                ThreadStore threads = ThreadStores.redis(address(redis), ThreadLimits.DEFAULT);
                RedisRateLimiter limiter = RedisRateLimiter.at(address(redis));
                RunningServer server = RunningServer.startWithEverything(
                        ConfigRoot.standard(folder, upstream.baseUrl()),
                        RunningServer.settings("", Optional.of("pass")),
                        parts -> parts.threads(Optional.of(threads)).access(Optional.of(limited(limiter))))) {
            ExecutorService clients = Executors.newFixedThreadPool(WRITERS);
            List<CompletableFuture<List<String>>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> write(server, i), clients))
                    .toList();
            soon().until(() -> kept.get() > 8);

            redis.kill();
            soon().until(() -> refused.get() > 8);
            assertThat(say(server, Optional.empty(), "Without a thread", false).statusCode())
                    .isEqualTo(200);
            int keptBefore = kept.get();
            redis.startAgain();
            soon().until(() -> kept.get() > keptBefore + 8);
            isOver.set(true);

            for (int i = 0; i < WRITERS; i++) {
                List<String> acknowledged = writers.get(i).join();
                assertThat(told(server, i)).containsSubsequence(acknowledged);
            }
            clients.shutdown();
        }
    }

    /** Says one thing after the other, in turn streamed and not; gives what was acknowledged. */
    private List<String> write(RunningServer server, int writer) {
        List<String> acknowledged = new ArrayList<>();
        for (int turn = 0; !isOver.get(); turn++) {
            String text = "Turn " + turn;
            HttpResponse<String> answer = say(server, Optional.of(thread(writer)), text, turn % 2 == 0);
            if (answer.statusCode() == 200 && !answer.body().contains("\"error\"")) {
                acknowledged.add(text);
                kept.incrementAndGet();
            } else {
                assertIsToldSo(answer);
                refused.incrementAndGet();
            }
        }
        return acknowledged;
    }

    private static void assertIsToldSo(HttpResponse<String> answer) {
        assertThat(answer.body())
                .contains("\"code\":\"threads_unavailable\"", "kept whole or not at all")
                .doesNotContain("127.0.0.1", "jedis", "Exception");
        if (answer.statusCode() != 200) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }

    /** What users said on a thread; each is answered. */
    private static List<String> told(RunningServer server, int writer) {
        JsonNode messages = json(server.send("GET", "/v1/threads/" + thread(writer), "", "Authorization", bearer()))
                .path("messages");
        List<String> told = new ArrayList<>();
        for (int i = 0; i < messages.size(); i += 2) {
            assertThat(messages.path(i).path("role").asText()).isEqualTo("user");
            assertThat(messages.path(i + 1).path("content").asText()).isEqualTo("Noted.");
            told.add(messages.path(i).path("content").asText());
        }
        assertThat(told).isNotEmpty().doesNotHaveDuplicates();
        return told;
    }

    private static HttpResponse<String> say(
            RunningServer server, Optional<String> thread, String text, boolean stream) {
        String guardrails = thread.map(id -> ", \"guardrails\": {\"thread_id\": \"" + id + "\"}")
                .orElse("");
        return server.send(
                "POST",
                RunningServer.CHAT,
                "{\"model\": \"m\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]%s}"
                        .formatted(stream, text, guardrails),
                "Content-Type",
                "application/json",
                "Authorization",
                bearer());
    }

    private static String thread(int writer) {
        return "outage-thread-000" + writer;
    }

    private static String bearer() {
        return "Bearer " + Keys.secret("app");
    }

    private static AccessControl limited(RedisRateLimiter limiter) {
        return new AccessControl(
                KeyRing.of(List.of(Keys.limited("app", Optional.of(1_000_000), Optional.empty()))), limiter);
    }

    private static RedisAddress address(RedisServer redis) {
        return RedisAddress.parse("redis://" + redis.address());
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(50));
    }
}
