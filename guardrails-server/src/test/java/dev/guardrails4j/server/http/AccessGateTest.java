package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.access.Right;
import dev.guardrails4j.server.description.ApiDescription;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Issue 7, security: API keys")
class AccessGateTest {

    private static final String HELLO = "{'model': '', 'messages': [{'role': 'user', 'content': 'Hi'}]%s}";
    private static final String CHECK = "/v1/guardrail/checks";
    private static final String PLATFORM = "/apis/guardrails/v2/workspaces/%s/%s";
    private static final String DENIED = "insufficient_permissions";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private Optional<RunningServer> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(RunningServer::close);
        upstream.close();
    }

    private RunningServer start(AccessKey... keys) {
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl());
        RunningServer started =
                RunningServer.startWithEverything(root, "", parts -> parts.access(Optional.of(Keys.control(keys))));
        server = Optional.of(started);
        return started;
    }

    private static String hello(String more) {
        return HELLO.formatted(more).replace('\'', '"');
    }

    private static HttpResponse<String> post(RunningServer server, String path, String key, String body) {
        return server.send("POST", path, body, Keys.with(key));
    }

    private static HttpResponse<String> get(RunningServer server, String path, String key) {
        return server.send("GET", path, "", Keys.with(key));
    }

    @Test
    void letsNobodyInWithoutAKeyButThoseWhoLookAfterMachines() {
        RunningServer server = start(Keys.key("app"));
        Set<String> open = server.routes().stream()
                .filter(route -> {
                    String[] words = route.replaceAll("\\{[^}]+}", "some").split(" ");
                    return server.send(words[0], words[1], "{}").statusCode() != 401;
                })
                .collect(Collectors.toSet());

        assertThat(open)
                .containsExactlyInAnyOrder(
                        "GET /",
                        "GET /v1/health",
                        "GET /healthz",
                        "GET /health/live",
                        "GET /health/ready",
                        "GET /status",
                        "GET /cluster-info");
        assertThat(open).isEqualTo(describedAsOpen());
        assertThat(upstream.received()).isEmpty();
    }

    private static Set<String> describedAsOpen() {
        JsonNode description = ApiDescription.of("", "test", operation -> true);
        return DescribedAnswers.operations(description).stream()
                .filter(operation -> {
                    String[] words = operation.split(" ");
                    return description
                            .path("paths")
                            .path(words[1])
                            .path(words[0].toLowerCase(Locale.ROOT))
                            .path("security")
                            .equals(JsonNodeFactory.instance.arrayNode());
                })
                .collect(Collectors.toSet());
    }

    @Test
    void servesThoseWhoHaveAKey() {
        HttpResponse<String> answer = post(start(Keys.key("app")), CHAT, "app", hello(""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/choices/0/message/content").asText()).isEqualTo("Hello to you.");
        assertThat(answer.headers().map()).doesNotContainKey("x-ratelimit-limit-requests");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                      This server needs an API key in the header Authorization%c after the word Bearer, missing_api_key",
        "'Bearer no-such-key',    The API key is not one of this server's, invalid_api_key",
        "'Basic key-of-app',      The API key is not one of this server's, invalid_api_key",
        "'key-of-app',            The API key is not one of this server's, invalid_api_key",
        "'Bearer key-of-app x',   The API key is not one of this server's, invalid_api_key",
        "'Bearer key-of-old',     The API key has expired, expired_api_key",
    })
    void tellsWhyItLetsNobodyIn(String header, String message, String code) {
        RunningServer server = start(Keys.key("app"), Keys.expiring("old", Instant.EPOCH));

        HttpResponse<String> answer = header.isEmpty()
                ? server.chat(hello(""))
                : server.send("POST", CHAT, hello(""), "Authorization", header);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(json(answer)).isEqualTo(error(message.replace("%c", ","), "authentication_error", null, code));
    }

    @Test
    void letsInWhoHasAKeyThatWillExpire() {
        RunningServer server = start(Keys.expiring("new", Instant.now().plusSeconds(3_600)));

        assertThat(post(server, CHAT, "new", hello("")).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsItInOneStringWhereTheApiDoes() {
        HttpResponse<String> answer = start(Keys.key("app")).send("POST", CHECK, "{}");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"detail\":\"This server needs an API key in the header Authorization, after the word Bearer\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", 'guardrails': {'config_id': 'pass'}",
                ", 'guardrails': {'config_ids': ['checked', 'pass']}",
                ", 'guardrails': {'config_id': 'default/pass'}",
                ", 'guardrails': {'config_id': 'no-such'}",
                ", 'guardrails': {'config_id': 'checked/../pass'}",
            })
    void refusesConfigurationsThatAKeyMayNotUseWhetherTheyAreThereOrNot(String naming) {
        RunningServer server = start(Keys.key("app", List.of("default"), List.of("check*")));

        for (String path : List.of(CHAT, "/v1/checks")) {
            HttpResponse<String> answer = post(server, path, "app", hello(naming));
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(json(answer))
                    .isEqualTo(error(
                            "This API key may not use the requested guardrails configuration",
                            "permission_error",
                            null,
                            DENIED));
        }
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void servesTheConfigurationsThatAKeyMayUse() {
        RunningServer server = start(Keys.key("app", List.of("default"), List.of("check*")));
        upstream.answerWhen("INPUT", "no");
        upstream.answerWhen("OUTPUT", "no");

        assertThat(post(server, CHAT, "app", hello(", 'guardrails': {'config_id': 'checked'}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(server, "/v1/rails/configs", "app").body()).isEqualTo("[{\"id\":\"checked\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", 'guardrails': {'config_id': 'pass'}",
                ", 'guardrails': {'config_id': 'team/checked'}",
                ", 'guardrails': {'config': {'models': []}}",
            })
    void refusesItInTheMicroservicesChecksAndCompletions(String naming) {
        RunningServer server = start(Keys.key("app", List.of("default"), List.of("checked")));

        for (String path : List.of(CHECK, "/v1/guardrail/chat/completions", PLATFORM.formatted("default", "checks"))) {
            HttpResponse<String> answer = post(server, path, "app", hello(naming));
            assertThat(answer.statusCode()).as(path + naming + answer.body()).isEqualTo(403);
        }
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void refusesWorkspacesThatAKeyMayNotUse() {
        RunningServer server =
                start(Keys.key("app", List.of("default"), List.of("*"), Right.INLINE_CONFIGS, Right.WRITE_CONFIGS));
        String inline = hello(", 'guardrails': {'config': {'models': []}}");

        assertThat(post(server, PLATFORM.formatted("team", "checks"), "app", inline)
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(server, PLATFORM.formatted("team", "configs"), "app").statusCode())
                .isEqualTo(403);
        assertThat(get(server, PLATFORM.formatted("team", "configs/one"), "app").statusCode())
                .isEqualTo(403);
        assertThat(post(server, PLATFORM.formatted("team", "configs"), "app", "{\"name\": \"one\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void servesConfigurationsThatAreBroughtAlongToKeysWithTheRight() {
        RunningServer server = start(Keys.key("app", Right.INLINE_CONFIGS));

        HttpResponse<String> answer = post(server, CHECK, "app", hello(", 'guardrails': {'config': {'models': []}}"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void letsKeysWithTheRightWriteFromAnywhere() {
        RunningServer server = start(Keys.key("reader"), Keys.key("writer", Right.WRITE_CONFIGS));
        String configs = PLATFORM.formatted("default", "configs");
        String body = "{\"name\": \"one\", \"data\": {\"models\": []}}";

        assertThat(post(server, configs, "reader", body).statusCode()).isEqualTo(403);
        HttpResponse<String> created = server.send(
                "POST",
                configs,
                body,
                "Authorization",
                "Bearer " + Keys.secret("writer"),
                "Content-Type",
                "application/json",
                "X-Forwarded-For",
                "203.0.113.7");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(server.send("PATCH", configs + "/one", "{}", Keys.with("reader"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("DELETE", configs + "/one", "", Keys.with("reader"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("DELETE", configs + "/one", "", Keys.with("writer"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void writesAndShowsOnlyConfigurationsThatAKeyMayUse() {
        RunningServer server = start(
                Keys.key("hr", List.of("default"), List.of("hr-*"), Right.WRITE_CONFIGS),
                Keys.key("writer", Right.WRITE_CONFIGS));
        String configs = PLATFORM.formatted("default", "configs");
        post(server, configs, "writer", "{\"name\": \"secret-plan\"}");

        assertThat(post(server, configs, "hr", "{\"name\": \"secret-plan\"}").statusCode())
                .isEqualTo(403);
        assertThat(post(server, configs, "hr", "{\"name\": \"hr-one\"}").statusCode())
                .isEqualTo(201);
        assertThat(get(server, configs + "/secret-plan", "hr").statusCode()).isEqualTo(403);
        assertThat(server.send("PATCH", configs + "/secret-plan", "{}", Keys.with("hr"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(json(get(server, configs, "hr")).findValuesAsText("name")).containsExactly("hr-one");
        assertThat(json(get(server, "/v1/guardrail/configs", "hr")).findValuesAsText("name"))
                .containsExactly("hr-one");
    }

    @ParameterizedTest
    @CsvSource({"/v1/plugins, ADMINISTER", "/v1/actions/list, RUN_ACTIONS"})
    void asksForTheRightThatARouteNeeds(String path, Right right) {
        RunningServer server = start(Keys.key("plain"), Keys.key("entitled", right));

        HttpResponse<String> refused = get(server, path, "plain");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This API key lacks the right " + right.wireName());
        assertThat(get(server, path, "entitled").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsTheThreadsOfEachKeyFromTheOthers() {
        RunningServer server = start(Keys.key("ann"), Keys.key("ben"));
        String thread = "a-thread-of-sixteen";
        String turn = hello(", 'guardrails': {'thread_id': '" + thread + "'}");
        post(server, CHAT, "ann", turn);

        assertThat(json(get(server, "/v1/threads", "ann")).at("/data/0/id").asText())
                .isEqualTo(thread);
        assertThat(json(get(server, "/v1/threads", "ben")).path("data")).isEmpty();
        assertThat(get(server, "/v1/threads/" + thread, "ben").statusCode()).isEqualTo(404);
        assertThat(server.send("DELETE", "/v1/threads/" + thread, "", Keys.with("ben"))
                        .statusCode())
                .isEqualTo(404);
        post(server, CHAT, "ben", turn);
        assertThat(upstream.received().get(1).body()).doesNotContain("Hello to you.");
        assertThat(json(get(server, "/v1/threads/" + thread, "ann")).path("messages"))
                .hasSize(2);
    }

    @Test
    void neverPassesItsKeysOnToModels() {
        RunningServer server = start(Keys.key("app"));

        post(server, CHAT, "app", hello(""));
        get(server, "/v1/models", "app");
        get(server, "/v1/guardrail/models", "app");

        assertThat(upstream.received())
                .allSatisfy(received -> assertThat(received.headers().toString() + received.body())
                        .doesNotContain(Keys.secret("app")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer key-of-app", "key-of-app", "bearer  key-of-app"})
    void refusesToPassItsKeyOnAsTheModels(String header) {
        HttpResponse<String> answer = start(Keys.key("app"))
                .send("POST", CHAT, hello(""), "Authorization", "Bearer key-of-app", "X-Model-Authorization", header);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void passesOnTheModelsKeyThatComesInItsOwnHeader() {
        RunningServer server = start(Keys.key("app"));

        server.send(
                "POST",
                CHAT,
                hello(""),
                "Authorization",
                "Bearer key-of-app",
                "Content-Type",
                "application/json",
                "X-Model-Authorization",
                "sk-of-the-caller");

        assertThat(upstream.received().get(0).headers().toString()).contains("sk-of-the-caller");
    }
}
