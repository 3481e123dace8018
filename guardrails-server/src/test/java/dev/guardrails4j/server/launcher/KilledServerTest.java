package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, killed as by {@code kill -9} and started again. */
@DisplayName("DESIGN 5: threads are durable by default")
class KilledServerTest {

    private static final int WRITERS = 8;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void hasEveryAcknowledgedTurnAfterItWasKilledWhileManyWereRunning() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("Noted.")) {
            config(upstream.baseUrl());
            Map<Integer, Integer> acknowledged = new ConcurrentHashMap<>();
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            try (Launched server = Launched.server(folder, List.of())) {
                URI address = server.address();
                AtomicInteger all = new AtomicInteger();
                for (int writer = 0; writer < WRITERS; writer++) {
                    int number = writer;
                    writers.submit(() -> talkUntilItIsKilled(address, number, acknowledged, all));
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> all.get() >= 100);
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

            try (Launched server = Launched.server(folder, List.of())) {
                URI address = server.address();
                assertThat(acknowledged).isNotEmpty();
                for (Map.Entry<Integer, Integer> writer : acknowledged.entrySet()) {
                    List<String> expected = new ArrayList<>();
                    for (int turn = 0; turn < writer.getValue(); turn++) {
                        expected.add("turn " + turn);
                        expected.add("Noted.");
                    }
                    List<String> kept = kept(address, writer.getKey());
                    assertThat(kept).startsWith(expected.toArray(String[]::new));
                    assertThat(kept.size() % 2).as("whole turns only").isZero();
                }
            }
        }
    }

    @Test
    @DisplayName("issue 4: stored configurations are durable")
    void hasEveryAcknowledgedConfigurationAfterItWasKilledWhileManyWereWritten() throws Exception {
        config("http://127.0.0.1:1/v1");
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (Launched server = Launched.server(folder, List.of())) {
            URI address = server.address();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "config-of-writer-" + writer;
                writers.submit(() -> writeUntilItIsKilled(address, name, acknowledged));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= 3 * WRITERS);
        }
        writers.shutdown();
        assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        try (Launched server = Launched.server(folder, List.of())) {
            URI address = server.address();
            for (Map.Entry<String, String> config : acknowledged.entrySet()) {
                JsonNode kept = new ObjectMapper()
                        .readTree(configs(address, "/" + config.getKey(), "GET", "")
                                .body());
                assertThat(kept.path("description").asText()).isEqualTo(config.getValue());
                assertThat(kept.at("/data/passthrough").asBoolean()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("issue 7: the audit log")
    void goesOnInItsAuditLogAfterItWasKilledInTheMiddleOfALine() throws Exception {
        Path log = folder.resolve("audit.jsonl");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("Noted.")) {
            config(upstream.baseUrl());
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            AtomicInteger acknowledged = new AtomicInteger();
            try (Launched server = Launched.server(folder, List.of(), "--set", "audit.file=audit.jsonl")) {
                URI address = server.address();
                for (int writer = 0; writer < WRITERS; writer++) {
                    int number = writer;
                    writers.submit(() -> talkUntilItIsKilled(address, number, new ConcurrentHashMap<>(), acknowledged));
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.get() >= 50);
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            List<String> lines = Files.readAllLines(log);
            assertThat(lines).hasSizeGreaterThanOrEqualTo(acknowledged.get());

            // A process that is killed rarely tears what it writes by one call of the system; here it has.
            String torn = lines.get(lines.size() - 1).substring(0, 40);
            Files.writeString(log, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n" + torn);
            assertThat(verified(1))
                    .contains(
                            "entries 1 to " + (lines.size() - 1) + " hold together",
                            "BROKEN at " + log + ":" + lines.size());

            try (Launched server = Launched.server(folder, List.of(), "--set", "audit.file=audit.jsonl")) {
                talk(server.address(), WRITERS, 0);
            }
            assertThat(Files.readAllLines(log).get(lines.size() - 1))
                    .contains("\"event\":\"recovered\"", "\"bytes\":40");
            assertThat(verified(0)).contains("entries 1 to " + (lines.size() + 1) + " hold together");
        }
    }

    /** What {@code guardrails audit verify} says of the log. */
    private String verified(int exitCode) throws InterruptedException {
        try (Launched verify = Launched.command(folder, "audit", "verify", "audit.jsonl")) {
            assertThat(verify.exitCode()).as(verify.output()).isEqualTo(exitCode);
            return verify.output();
        }
    }

    /** Makes configurations, and describes each a second time. */
    private void writeUntilItIsKilled(URI address, String name, Map<String, String> acknowledged) {
        try {
            for (int number = 0; number < 100; number++) {
                String one = name + "-" + number;
                HttpResponse<String> created = configs(address, "", "POST", """
                        {"name": "%s", "description": "first", "data": {"passthrough": true}}""".formatted(one));
                assertThat(created.statusCode()).isEqualTo(201);
                HttpResponse<String> changed =
                        configs(address, "/" + one, "PATCH", "{\"description\": \"%s\"}".formatted(one));
                assertThat(changed.statusCode()).isEqualTo(200);
                acknowledged.put(one, one);
            }
        } catch (IOException killed) {
            // What this test waits for.
            assertThat(acknowledged).isNotEmpty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> configs(URI address, String path, String method, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve("/apis/guardrails/v2/workspaces/default/configs" + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void talkUntilItIsKilled(URI address, int writer, Map<Integer, Integer> acknowledged, AtomicInteger all) {
        try {
            for (int turn = 0; turn < 400; turn++) {
                talk(address, writer, turn);
                acknowledged.put(writer, turn + 1);
                all.incrementAndGet();
            }
        } catch (IOException killed) {
            // What this test waits for.
            assertThat(all.get()).isPositive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void talk(URI address, int writer, int turn) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"model": "m", "messages": [{"role": "user", "content": "turn %d"}],
                                 "guardrails": {"thread_id": "%s"}}""".formatted(turn, id(writer))))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private List<String> kept(URI address, int writer) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address.resolve("/v1/threads/" + id(writer)))
                        .build(),
                BodyHandlers.ofString());
        JsonNode thread = new ObjectMapper().readTree(answer.body());
        return thread.path("messages").findValuesAsText("content");
    }

    private static String id(int writer) {
        return "thread-of-writer-" + writer;
    }

    private void config(String baseUrl) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("config.yml"), """
                models:
                  - type: main
                    engine: scripted
                    model: scripted-model
                    parameters: {base_url: '%s', max_retries: 0}
                """.formatted(baseUrl));
    }
}
