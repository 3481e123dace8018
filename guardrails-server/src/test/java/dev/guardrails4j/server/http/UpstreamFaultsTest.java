package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What clients are told of endpoints that misbehave, and that nothing of it stays: docs/faults.md. Each fault is met as the main
 * model, streamed and not, as a rail's judge, and as a server that a rail asks.
 */
@Timeout(60)
class UpstreamFaultsTest {

    private static final Map<UpstreamFault, RawUpstream> UPSTREAMS = new EnumMap<>(UpstreamFault.class);

    @TempDir
    private static Path folder;

    private static ScriptedUpstream healthy;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        healthy = ScriptedUpstream.start().answer("All is well.").answerWhen("INPUT:", "No");
        ConfigRoot root = new ConfigRoot(folder).config("pass", ConfigRoot.models(healthy.baseUrl()));
        for (UpstreamFault fault : UpstreamFault.values()) {
            RawUpstream upstream = fault.start();
            UPSTREAMS.put(fault, upstream);
            String timeout = fault.isEndless() ? "0.2" : "50";
            String faulty = "{base_url: '%s', max_attempts: 1, timeout: %s}".formatted(upstream.baseUrl(), timeout);
            root.config(id(fault, "main"), """
                    models: [{type: main, engine: scripted, model: m, parameters: %s}]
                    """.formatted(faulty));
            root.config(id(fault, "judge"), ConfigRoot.models(healthy.baseUrl()) + """
                      - {type: self_check_input, engine: scripted, model: j, parameters: %s}
                    rails: {input: {flows: [self check input]}}
                    prompts: [{task: self_check_input, content: 'INPUT: {{ user_input }}'}]
                    """.formatted(faulty));
            root.config(
                    id(fault, "endpoint"),
                    ConfigRoot.models(healthy.baseUrl()) + """
                    rails:
                      input: {flows: [{flow: jailbreak detection model, timeout: %s}]}
                      config: {jailbreak_detection: {server_endpoint: '%s/model'}}
                    """.formatted(timeout, upstream.baseUrl()));
        }
        server = RunningServer.start(root);
    }

    @AfterAll
    static void stop() {
        server.close();
        healthy.close();
        UPSTREAMS.values().forEach(RawUpstream::close);
    }

    @AfterEach
    void leavesNothingBehindAndServesOn() {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(UpstreamFaultsTest::isIdle);
        HttpResponse<String> next = chat("pass", false);
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).contains("All is well.");
    }

    private static boolean isIdle() {
        return server.load().running() + server.load().streams() == 0
                && UPSTREAMS.values().stream().allMatch(upstream -> upstream.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void areToldAsAFailureOfTheMainModel(UpstreamFault fault) {
        HttpResponse<String> answer = chat(id(fault, "main"), false);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertIsTold(fault, json(answer), "server_error");
    }

    @ParameterizedTest
    @EnumSource
    void areToldAsAFailureOfTheMainModelBeforeAStreamBegins(UpstreamFault fault) {
        HttpResponse<String> answer = chat(id(fault, "main"), true);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertIsTold(fault, json(answer), "server_error");
    }

    @ParameterizedTest
    @EnumSource
    void areToldAsAnOutageOfARailWhenItsJudgeFails(UpstreamFault fault) {
        HttpResponse<String> answer = chat(id(fault, "judge"), false);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertIsOutage(fault, json(answer), "self check input");
    }

    @ParameterizedTest
    @EnumSource(names = {"SENDS_HALF_A_JSON", "SENDS_A_WEB_PAGE", "SENDS_MORE_THAN_IS_READ"})
    void areToldAsAnOutageOfARailWhenTheServerThatItAsksFails(UpstreamFault fault) {
        HttpResponse<String> answer = chat(id(fault, "endpoint"), true);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertIsOutage(fault, json(answer), "jailbreak detection model");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSES", "HANGS", "SENDS_HALF_A_JSON"})
    void areToldAsAnOutageByChecks(UpstreamFault fault) {
        HttpResponse<String> answer = server.send(
                "POST",
                "/v1/checks",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"guardrails\": {\"config_id\": \"%s\"}}"
                        .formatted(id(fault, "judge")),
                "Content-Type",
                "application/json");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertIsOutage(fault, json(answer), "self check input");
    }

    private static void assertIsOutage(UpstreamFault fault, JsonNode error, String flow) {
        assertIsTold(fault, error, "server_error");
        assertThat(error.path("code").asText()).isEqualTo("rail_unavailable");
        assertThat(error.path("param").asText()).isEqualTo(flow);
    }

    private static void assertIsTold(UpstreamFault fault, JsonNode error, String type) {
        assertThat(error.path("type").asText()).isEqualTo(type);
        assertThat(error.path("message").asText())
                .contains(fault.told())
                .doesNotContain(WireText.WORDS, "127.0.0.1", "localhost", "Exception", "java.");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return RunningServer.json(answer).path("error");
    }

    private static HttpResponse<String> chat(String config, boolean stream) {
        return server.chat("""
                {"model": "m", "stream": %s, "messages": [{"role": "user", "content": "Hi"}],
                 "guardrails": {"config_id": "%s"}}""".formatted(stream, config));
    }

    private static String id(UpstreamFault fault, String place) {
        return fault.name().toLowerCase(Locale.ROOT) + "-" + place;
    }
}
