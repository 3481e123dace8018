package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("checks-contract 7: X-Model-Authorization, over sockets")
class CallersModelAccessTest {

    private static final String KEY = "nvapi-callers-own";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl())
                .config("azure", model("azure", "api_version: '1'") + ConfigRoot.SELF_CHECKS)
                .config(
                        "remembering",
                        model("vllm", "") + ConfigRoot.SELF_CHECKS.replace("input: {", "input: {scope: all, "))
                .config(
                        "headed",
                        model("vllm", "default_headers: {X-Team: configured, X-Tenant-Id: configured}")
                                + ConfigRoot.SELF_CHECKS)
                .config("judge", model("vllm", "").replace("type: main", "type: self_check_input") + """
                        rails: {input: {flows: [self check input]}}
                        prompts: [{task: self_check_input, content: '{{ user_input }}'}]
                        """);
        server = RunningServer.start(
                root.folder(),
                RunningServer.settings(Optional.of("checked"))
                        .forwardedHeaders(ForwardedHeaders.parse(List.of("X-Tenant-Id", "x-team")))
                        .build(),
                Map.of("OPERATORS_KEY", "operators-secret"));
    }

    private static String model(String engine, String parameters) {
        return """
                models:
                  - type: main
                    engine: %s
                    model: m
                    api_key_env_var: OPERATORS_KEY
                    parameters: {base_url: '%s', max_attempts: 1, %s}
                """.formatted(engine, upstream.baseUrl(), parameters);
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void allow() {
        upstream.respond(request -> Response.answer("No"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/guardrail/checks|\"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]",
                "/v1/guardrail/chat/completions|\"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]",
                "/v1/guardrail/completions|\"prompt\": \"Hello!\"",
                "/v1/checks|\"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]",
                "/v1/chat/completions|\"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]"
            })
    void asksTheMainModelWithTheCallersKey(String path, String said) {
        int before = upstream.received().size();

        HttpResponse<String> answer =
                server.send("POST", path, "{\"model\": \"m\", %s}".formatted(said), CallersModelAccess.HEADER, KEY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(asked(before))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("authorization", "Bearer " + KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/guardrail/checks", "/v1/checks", "/v1/chat/completions"})
    void passesOnTheHeadersThatTheOperatorLetsThrough(String path) {
        int before = upstream.received().size();

        server.send(
                "POST",
                path,
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}",
                "x-tenant-id",
                "acme",
                "X-TEAM",
                "fish",
                "X-Other",
                "kept");

        assertThat(asked(before))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("x-tenant-id", "acme")
                        .containsEntry("x-team", "fish")
                        .doesNotContainKey("x-other"));
    }

    @Test
    void putsACallersHeaderInPlaceOfTheConfiguredOne() {
        int before = upstream.received().size();

        server.send(
                "POST",
                "/v1/guardrail/checks",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}],"
                        + " \"guardrails\": {\"config_id\": \"headed\"}}",
                "X-Team",
                "fish");

        assertThat(asked(before).get(0).headers())
                .containsEntry("x-team", "fish")
                .containsEntry("x-tenant-id", "configured");
    }

    @Test
    void takesTheKeyAsItIs() {
        int before = upstream.received().size();

        check("checked", "Hello!", "Bearer x");

        assertThat(asked(before).get(0).headers()).containsEntry("authorization", "Bearer Bearer x");
    }

    @Test
    void sendsNeitherKeyBesideTheOther() {
        int before = upstream.received().size();

        check("azure", "Hello!", KEY);
        check("azure", "Hello!", "");

        assertThat(asked(before).get(0).headers()).containsEntry("api-key", KEY).doesNotContainKey("authorization");
        assertThat(asked(before).get(1).headers()).containsEntry("api-key", "operators-secret");
    }

    @Test
    void sendsItToTheMainModelOnly() {
        int before = upstream.received().size();

        check("judge", "Hello!", KEY);

        assertThat(asked(before).get(0).headers()).containsEntry("authorization", "Bearer operators-secret");
    }

    @Test
    @DisplayName("what was decided for one key is not told another")
    void remembersNothingForOtherKeys() {
        String said = "{\"role\": \"user\", \"content\": \"Remember me!\"},"
                + " {\"role\": \"assistant\", \"content\": \"Yes.\"}, {\"role\": \"user\", \"content\": \"Who am I?\"}";

        int first = calls(said, "");
        int again = calls(said, "");
        int withKey = calls(said, KEY);
        int withKeyAgain = calls(said, KEY);

        assertThat(again).isLessThan(first);
        assertThat(withKey).isEqualTo(first);
        assertThat(withKeyAgain).isEqualTo(again);
    }

    private static int calls(String said, String key) {
        int before = upstream.received().size();
        send("remembering", said, key);
        return asked(before).size();
    }

    @Test
    void keepsTheKeyOutOfWhatItTells() {
        upstream.respond(request -> Response.error(401, "Incorrect API key provided: " + KEY, "invalid_api_key"));

        HttpResponse<String> chat = server.send(
                "POST",
                "/v1/guardrail/chat/completions",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}],"
                        + " \"guardrails\": {\"config_id\": \"pass\"}}",
                CallersModelAccess.HEADER,
                KEY);

        assertThat(chat.statusCode()).isEqualTo(401);
        assertThat(chat.body()).doesNotContain(KEY);
        assertThat(check("checked", "Hello!", KEY).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Model-Authorization", "X-Team"})
    void refusesWhatNoHeaderCanCarry(String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("POST /v1/guardrail/checks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + header + ": schl\u00fcssel\r\nContent-Length: 28\r\n\r\n"
                                    + "{\"model\":\"m\",\"messages\": []}")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains(
                            "{\"detail\":\"A header that goes to the model has characters that no header can carry\"}");
        }
    }

    private static HttpResponse<String> check(String config, String text, String key) {
        return send(config, "{\"role\": \"user\", \"content\": \"" + text + "\"}", key);
    }

    private static HttpResponse<String> send(String config, String messages, String key) {
        String body = "{\"model\": \"m\", \"messages\": [%s], \"guardrails\": {\"config_id\": \"%s\"}}"
                .formatted(messages, config);
        return key.isEmpty()
                ? server.send("POST", "/v1/guardrail/checks", body)
                : server.send("POST", "/v1/guardrail/checks", body, CallersModelAccess.HEADER, key);
    }

    private static List<Received> asked(int before) {
        return upstream.received().subList(before, upstream.received().size());
    }
}
