package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.server.storage.RedisServer;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, each a process of its own, on one Redis, behind nginx that gives each request to the other. */
@DisplayName("Issue 7: the server is stateless beside Redis")
class ServersBehindNginxTest {

    private static final int CLIENTS = 6;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Launched one;
    private Nginx nginx;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Nginx.program().isPresent(), "needs nginx; install it with: apt-get install nginx-light");
        RedisServer redis = opened(RedisServer.startOrSkip(folder("redis")));
        ScriptedUpstream upstream = opened(ScriptedUpstream.start().answer("Noted."));
        Files.writeString(folder("config").resolve("config.yml"), """
                models:
                  - type: main
                    engine: scripted
                    model: scripted-model
                    parameters: {base_url: '%s', max_retries: 0}
                """.formatted(upstream.baseUrl()));
        one = opened(server("one", redis));
        Launched other = opened(server("other", redis));
        nginx = opened(Nginx.before(List.of(one.address(), other.address()), folder("nginx")));
    }

    private Launched server(String name, RedisServer redis) throws IOException {
        return Launched.server(
                folder(name),
                List.of(),
                "--config",
                folder.resolve("config").toString(),
                "--threads",
                "redis",
                "--set",
                "threads.redis.url=redis://" + redis.address());
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(0, resource);
        return resource;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Test
    void aThreadThatHopsBetweenThemLosesNothing() throws Exception {
        Set<String> served = new HashSet<>();
        List<String> expected = new ArrayList<>();
        for (int turn = 0; turn < 10; turn++) {
            HttpResponse<String> answer = say("a-thread-that-hops", "turn " + turn);
            assertThat(answer.statusCode()).isEqualTo(200);
            served.add(answer.headers().firstValue("X-Served-By").orElseThrow());
            expected.add("turn " + turn);
            expected.add("Noted.");
        }

        assertThat(served).hasSize(2);
        assertThat(kept("a-thread-that-hops")).isEqualTo(expected);
    }

    @Test
    void aKilledServerCostsOnlyWhatItWasAnswering() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        AtomicBoolean goOn = new AtomicBoolean(true);
        AtomicInteger answered = new AtomicInteger();
        List<Future<List<Turn>>> running = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            String thread = thread(number);
            running.add(clients.submit(() -> talk(thread, goOn, answered)));
        }
        await().until(() -> answered.get() > 20 * CLIENTS);

        one.close();
        await().until(() -> !one.isAlive());
        long killedAt = System.nanoTime();
        int before = answered.get();
        await().until(() -> answered.get() > before + 20 * CLIENTS);
        goOn.set(false);
        clients.shutdown();

        int lost = 0;
        for (int number = 0; number < CLIENTS; number++) {
            List<Turn> turns = running.get(number).get();
            assertThat(turns)
                    .filteredOn(turn -> turn.beganAt() > killedAt)
                    .isNotEmpty()
                    .allMatch(Turn::isAnswered);
            lost += (int) turns.stream().filter(turn -> !turn.isAnswered()).count();
            assertThat(kept(thread(number)))
                    .containsSubsequence(turns.stream()
                            .filter(Turn::isAnswered)
                            .map(Turn::text)
                            .toList());
        }
        assertThat(lost).as("one request of each client at most").isLessThanOrEqualTo(CLIENTS);
    }

    private record Turn(String text, long beganAt, boolean isAnswered) {}

    private List<Turn> talk(String thread, AtomicBoolean goOn, AtomicInteger answered) throws Exception {
        List<Turn> turns = new ArrayList<>();
        while (goOn.get() && turns.size() < 450) {
            String text = "turn " + turns.size();
            long began = System.nanoTime();
            boolean isAnswered = say(thread, text).statusCode() == 200;
            turns.add(new Turn(text, began, isAnswered));
            answered.incrementAndGet();
        }
        return turns;
    }

    private static String thread(int number) {
        return "thread-of-client-" + number;
    }

    private HttpResponse<String> say(String thread, String text) throws Exception {
        return send(HttpRequest.newBuilder(nginx.address().resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"model": "m", "messages": [{"role": "user", "content": "%s"}],
                         "guardrails": {"thread_id": "%s"}}""".formatted(text, thread))));
    }

    private List<String> kept(String thread) throws Exception {
        URI address = nginx.address().resolve("/v1/threads/" + thread);
        JsonNode kept = new ObjectMapper()
                .readTree(send(HttpRequest.newBuilder(address)).body());
        return kept.path("messages").findValuesAsText("content");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
