package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.DamagedJson.CANARY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.Fuzzer;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with bodies that were damaged by chance, to every route that takes one, over real connections. */
@DisplayName("Issue 7: no request makes the server fail, hang, leak, or tell what it was sent")
class FuzzedRequestsTest {

    /** As many as the scripted model remembers without harm. */
    private static final int REQUESTS_A_SERVER = 10_000;

    /** Beside the examples of openapi.json, which are small. */
    private static final List<DamagedRequest.Target> TARGETS = List.of(
            new DamagedRequest.Target("POST", RunningServer.CHAT, RunningServer.json("""
            {"model": "m", "stream": false, "temperature": 0.5, "max_tokens": 10, "stop": ["x"], "user": "%1$s", "n": 1,
             "messages": [{"role": "system", "content": "%1$s"}, {"role": "user", "content": "Hello %1$s"},
               {"role": "assistant", "content": null, "tool_calls": [{"id": "%1$s", "type": "function",
                 "function": {"name": "f", "arguments": "{\\"a\\": \\"%1$s\\"}"}}]},
               {"role": "tool", "tool_call_id": "%1$s", "content": "%1$s"},
               {"role": "user", "content": [{"type": "text", "text": "%1$s"}]}],
             "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}],
             "guardrails": {"config_id": "pass", "thread_id": "thread-of-sixteen-characters", "context": {"a": "%1$s"},
               "options": {"log": {"activated_rails": true}, "rails": {"input": true, "dialog": false}}}}
            """.formatted(CANARY))),
            new DamagedRequest.Target("POST", RunningServer.CHAT, RunningServer.json("""
            {"model": "m", "stream": true, "stream_options": {"include_usage": true},
             "messages": [{"role": "user", "content": "Hello %1$s"}],
             "guardrails": {"config": {"models": [{"type": "main", "engine": "scripted", "model": "scripted-model"}],
               "rails": {"input": {"flows": ["regex check input"]}, "output": {"flows": ["self check output"],
                 "streaming": {"enabled": true, "chunk_size": 3, "context_size": 1}},
                 "config": {"regex_detection": {"input": {"patterns": ["b+", "%1$s"]}}}},
               "prompts": [{"task": "self_check_output", "content": "{{ bot_response }}", "max_tokens": 3}]}}}
            """.formatted(CANARY))),
            new DamagedRequest.Target("POST", "/v1/guardrail/checks", RunningServer.json("""
            {"model": "m", "messages": [{"role": "user", "content": "Hello %1$s"}, {"role": "assistant", "content": "%1$s"}],
             "guardrails": {"config_ids": ["pass", "checked"], "return_choice": true, "context": {"a": ["%1$s"]},
               "options": {"output_vars": ["a"], "log": {"llm_calls": true}, "llm_params": {"top_p": 0.1}}}}
            """.formatted(CANARY))));

    @TempDir
    private Path folder;

    private final HeardLog log = new HeardLog(event -> "["
            + event.getMDCPropertyMap().get("requestId") + "] " + event.getFormattedMessage()
            + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    private final List<DamagedRequest.Target> targets = new ArrayList<>(TARGETS);
    private ScriptedUpstream upstream;
    private RunningServer server;
    private int sent;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().answerWhen("PUT: ", "no").answer("Hello to you.");
        server = RunningServer.startWithEverything(ConfigRoot.standard(folder, upstream.baseUrl()), "");
        if (targets.size() == TARGETS.size()) {
            targets.addAll(described());
        }
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
        log.close();
    }

    /** The examples of openapi.json. */
    private List<DamagedRequest.Target> described() {
        JsonNode description = RunningServer.json(server.get("/openapi.json"));
        List<DamagedRequest.Target> examples = new ArrayList<>();
        for (String operation : DescribedAnswers.operations(description)) {
            String[] words = operation.split(" ");
            JsonNode body = description
                    .path("paths")
                    .path(words[1])
                    .path(words[0].toLowerCase())
                    .path("requestBody");
            JsonNode resolved =
                    body.has("$ref") ? description.at(body.path("$ref").asText().substring(1)) : body;
            String path = words[1].replace("{workspace}", "default").replace("{name}", "mine");
            resolved.at("/content/application~1json/examples")
                    .forEach(example -> examples.add(new DamagedRequest.Target(words[0], path, example.path("value"))));
        }
        return examples;
    }

    @Test
    void everyRequestIsAnswered() {
        Fuzzer.check(80, random -> DamagedRequest.of(random.oneOf(targets), random), request -> {
            restartNowAndThen();

            RawAnswer answer = RawAnswer.to(server.port(), request.head(), request.body());

            assertThat(answer.status()).isBetween(200, 499);
            DescribedAnswers.check(
                    server.routes(),
                    request.target().method(),
                    request.target().path(),
                    answer.status(),
                    answer.headers(),
                    answer.body());
            if (answer.status() >= 400) {
                assertThat(answer.body()).hasSizeLessThan(20_000);
                assertThat(request.isAboutConfigs() || !answer.body().contains(CANARY))
                        .as(answer.body())
                        .isTrue();
            }
        });
        assertNothingIsLeft();
    }

    @Test
    void everyRequestThatIsNotHttpIsRefusedOrLeft() {
        Fuzzer.check(80, random -> DamagedRequest.broken(random.oneOf(targets), random), request -> {
            restartNowAndThen();

            byte[] answer = RawAnswer.toUnfinished(server.port(), request.head(), request.body());

            // In HTTP/2 frames come back. 503: who sends no more may have gone, and the request is then cancelled.
            if (!request.head().startsWith("PRI ")) {
                assertThat(new String(answer, UTF_8)).matches("(?s)|HTTP/1.1 ([1-4]\\d\\d|501|503|505) .*");
            }
        });
        assertNothingIsLeft();
        assertThat(server.get("/v1/rails/configs").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=rset=utf-8", "text/plain; charset=utf-99", "; charset="})
    void aCharacterSetThatThereIsNotIsNoFault(String type) throws IOException {
        String head = "POST /v1/checks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n";

        RawAnswer answer =
                RawAnswer.to(server.port(), head + "Content-Type: " + type + "\r\n\r\n", "{}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(422);
    }

    private void restartNowAndThen() {
        sent++;
        if (sent % REQUESTS_A_SERVER == 0) {
            assertNothingIsLeft();
            server.close();
            upstream.close();
            start();
        }
    }

    private void assertNothingIsLeft() {
        await().untilAsserted(() -> assertThat(server.load().running()).isZero());
        assertThat(server.load().streams()).isZero();
        assertThat(server.load().queued()).isZero();
        assertThat(log.lines()).noneMatch(line -> line.contains(CANARY) && !line.startsWith("[configs"));
        log.lines().clear();
    }
}
