package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("contract \"chat server\" 1.13: edits of configurations are taken up while the server runs")
class AutoReloadTest {

    private static final String PASSED = "stop";
    private static final String BLOCKED = "content_filter";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private ConfigRoot root;
    private RunningServer server;

    @BeforeEach
    void start() {
        root = new ConfigRoot(folder).config("pass", blocking("nothing"));
        server = RunningServer.start(root).watching();
        assertThat(outcome("pass")).isEqualTo(PASSED);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void failsNoneOfAHundredRequestsASecondWhileFilesAreEdited() throws Exception {
        ConcurrentLinkedQueue<Future<HttpResponse<String>>> answers = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        var clients = Executors.newFixedThreadPool(16);
        clock.scheduleAtFixedRate(
                () -> answers.add(clients.submit(() -> server.chat(hello("pass")))), 0, 10, MILLISECONDS);

        for (String forbidden : List.of("Hello", "nothing", "Hello", "nothing")) {
            root.config("pass", blocking(forbidden));
            await().until(() -> outcome("pass").equals(forbidden.equals("Hello") ? BLOCKED : PASSED));
        }
        clock.shutdown();
        assertThat(clock.awaitTermination(10, SECONDS)).isTrue();

        assertThat(answers).hasSizeGreaterThan(100);
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(20, SECONDS).statusCode()).isEqualTo(200);
        }
        clients.shutdown();
    }

    @Test
    void takesUpEveryFileOfTheFolder() {
        root.file("pass/rails.yml", "rails: {input: {flows: [self check input]}}");
        root.file("pass/prompts.yml", """
                prompts:
                  - task: self_check_input
                    content: 'one {{ user_input }}'
                """);
        await().until(() -> outcome("pass").equals(BLOCKED));
        assertThat(upstream.received().get(upstream.received().size() - 1).body())
                .contains("one Hello!");

        root.file("pass/prompts.yml", """
                prompts:
                  - task: self_check_input
                    content: 'two {{ user_input }}'
                """);
        await().until(() -> {
            outcome("pass");
            return upstream.received()
                    .get(upstream.received().size() - 1)
                    .body()
                    .contains("two Hello!");
        });

        root.file("pass/.railsignore", "rails.yml\n");
        await().until(() -> outcome("pass").equals(PASSED));
    }

    @Test
    void takesUpFilesThatAreReplacedAtOnce() throws IOException {
        Path edited = folder.resolve("pass/.config.yml.tmp");
        Files.writeString(edited, blocking("Hello"));

        Files.move(edited, folder.resolve("pass/config.yml"), StandardCopyOption.ATOMIC_MOVE);

        await().until(() -> outcome("pass").equals(BLOCKED));
    }

    @Test
    void takesUpWhatIsAddedAndRemoved() throws IOException {
        root.config("new", blocking("Hello"));
        await().until(() -> server.chat(hello("new")).statusCode() == 200);
        assertThat(outcome("new")).isEqualTo(BLOCKED);

        try (Stream<Path> files = Files.list(folder.resolve("pass"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder.resolve("pass"));

        await().until(() -> server.chat(hello("pass")).statusCode() == 400);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void keepsTheLastGoodConfigWhenAnEditIsBrokenAndSaysSo() {
        root.config("pass", blocking("Hello").replace("regex check", "regex chekc"));

        await().until(() -> server.get("/health/ready").body().contains("rejected_edits"));
        HttpResponse<String> ready = server.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(json(ready).path("status").asText()).isEqualTo("ready");
        assertThat(json(ready).at("/rejected_edits/0/config_id").asText()).isEqualTo("pass");
        assertThat(json(ready).at("/rejected_edits/0/message").asText())
                .contains("unknown flow 'regex chekc input'")
                .doesNotContain(folder.toString());
        assertThat(outcome("pass")).isEqualTo(PASSED);

        root.config("pass", blocking("Hello"));

        await().until(() -> outcome("pass").equals(BLOCKED));
        assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void finishesARunningStreamOnWhatItBeganWith() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        upstream.respond(received -> received.body().contains("\"stream\":true")
                ? Response.stream("It ", "ends ", "well").heldAfter(1, rest)
                : Response.answer("Hello to you."));
        CompletableFuture<HttpResponse<String>> running = CompletableFuture.supplyAsync(
                () -> server.chat(hello("pass").replace("\"model\"", "\"stream\": true, \"model\"")));
        await().until(() -> upstream.received().size() == 2);

        root.config("pass", blocking("Hello"));
        await().until(() -> outcome("pass").equals(BLOCKED));
        rest.countDown();

        assertThat(running.get(20, SECONDS).body()).contains("It ", "ends ", "well", "\"finish_reason\":\"stop\"");
    }

    @Test
    void takesUpChallengesAndKeepsThemWhenAnEditIsBroken() {
        assertThat(server.get("/v1/challenges").body()).isEqualTo("[]");

        root.file("challenges.json", "[{\"name\": \"one\"}]");
        await().until(() -> server.get("/v1/challenges").body().equals("[{\"name\":\"one\"}]"));

        root.file("challenges.json", "[{\"name\": ");
        root.config("new", blocking("nothing"));
        await().until(() -> server.chat(hello("new")).statusCode() == 200);
        assertThat(server.get("/v1/challenges").body()).isEqualTo("[{\"name\":\"one\"}]");
    }

    private String outcome(String id) {
        return json(server.chat(hello(id))).at("/choices/0/finish_reason").asText();
    }

    private static String hello(String id) {
        return """
                {"model": "", "messages": [{"role": "user", "content": "Hello!"}], "guardrails": {"config_id": "%s"}}""".formatted(id);
    }

    private String blocking(String word) {
        return ConfigRoot.models(upstream.baseUrl()) + """
                rails:
                  input: {flows: [regex check input]}
                  config: {regex_detection: {input: {patterns: ['%s']}}}
                """.formatted(word);
    }
}
