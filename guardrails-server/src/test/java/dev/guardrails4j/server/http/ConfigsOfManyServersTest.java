package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Issue 4: configurations of several servers that share one Redis")
class ConfigsOfManyServersTest {

    private static final String CONFIGS = "/apis/guardrails/v2/workspaces/team/configs";
    private static final String CHECKS = "/apis/guardrails/v2/workspaces/team/checks";

    @TempDir
    private Path folder;

    @TempDir
    private Path redisFolder;

    private RedisServer redis;
    private ConfigStore ofOne;
    private ConfigStore ofOther;
    private RunningServer one;
    private RunningServer other;

    @BeforeEach
    void start() {
        redis = RedisServer.startDurableOrSkip(redisFolder);
        ofOne = connect();
        ofOther = connect();
        one = server(ofOne);
        other = server(ofOther);
    }

    private ConfigStore connect() {
        return ConfigStores.redis(RedisAddress.parse("redis://" + redis.address()), ConfigLimits.DEFAULT);
    }

    private RunningServer server(ConfigStore store) {
        return RunningServer.start(folder, RunningServer.settings("", Optional.empty()), Map.of(), store);
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            one.close();
            other.close();
            ofOne.close();
            ofOther.close();
            redis.close();
        }
    }

    private static HttpResponse<String> send(RunningServer server, String method, String path, String body) {
        return server.send(method, path, body, "Content-Type", "application/json");
    }

    private static String config(String word) {
        return """
                {"name": "one", "data": {"rails": {"input": {"flows": ["regex check input"]},
                  "config": {"regex_detection": {"input": {"patterns": ["%s"]}}}}}}""".formatted(word);
    }

    private static HttpResponse<String> check(RunningServer server) {
        return send(server, "POST", CHECKS, """
                {"model": "m", "messages": [{"role": "user", "content": "a swordfish"}],
                 "guardrails": {"config_id": "one"}}""");
    }

    private static String status(RunningServer server) {
        return json(check(server)).path("status").asText();
    }

    @Test
    void seeEachOthersChanges() {
        assertThat(check(other).statusCode()).isEqualTo(400);
        assertThat(send(one, "POST", CONFIGS, config("swordfish")).statusCode()).isEqualTo(201);
        assertThat(status(one)).isEqualTo("blocked");
        await().atMost(10, SECONDS).until(() -> status(other).equals("blocked"));

        assertThat(send(other, "PATCH", CONFIGS + "/one", config("flounder")).statusCode())
                .isEqualTo(200);
        assertThat(status(other)).isEqualTo("success");
        await().atMost(10, SECONDS).until(() -> status(one).equals("success"));

        assertThat(send(one, "DELETE", CONFIGS + "/one", "").statusCode()).isEqualTo(200);
        assertThat(check(one).statusCode()).isEqualTo(400);
        await().atMost(10, SECONDS).until(() -> check(other).statusCode() == 400);
    }

    @Test
    void refuseAChangeThatTheOtherHasOvertaken() {
        send(one, "POST", CONFIGS, config("swordfish"));
        assertThat(send(other, "POST", CONFIGS, config("flounder")).statusCode())
                .isEqualTo(409);
        String read = other.get(CONFIGS + "/one").headers().firstValue("ETag").orElseThrow();
        send(one, "PATCH", CONFIGS + "/one", "{\"description\": \"one was here\"}");

        HttpResponse<String> late = other.send(
                "PATCH",
                CONFIGS + "/one",
                "{\"description\": \"other was here\"}",
                "Content-Type",
                "application/json",
                "If-Match",
                read);

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(other.get(CONFIGS + "/one")).path("description").asText())
                .isEqualTo("one was here");
    }

    @Test
    void serveWhatTheyKnowWhileRedisIsGoneAndRefuseTheRest() {
        send(one, "POST", CONFIGS, config("swordfish"));
        assertThat(status(one)).isEqualTo("blocked");

        redis.close();

        assertThat(status(one)).isEqualTo("blocked");
        HttpResponse<String> unknown = check(other);
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(unknown).path("detail").asText())
                .isEqualTo("The stored configurations are unavailable. Please retry later.");
        assertThat(send(one, "PATCH", CONFIGS + "/one", "{}").statusCode()).isEqualTo(503);
        assertThat(one.get(CONFIGS).statusCode()).isEqualTo(503);
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(one.get("/health/ready").body())
                        .contains("The stored configurations cannot be reached"));
        assertThat(send(one, "POST", CHECKS, """
                {"model": "m", "messages": [{"role": "user", "content": "Hello!"}],
                 "guardrails": {"config_id": "system/default"}}""").statusCode()).isEqualTo(200);

        redis.startAgain();

        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(send(one, "PATCH", CONFIGS + "/one", config("flounder"))
                                .statusCode())
                        .isEqualTo(200));
        await().atMost(10, SECONDS).until(() -> check(other).statusCode() == 200);
        assertThat(status(other)).isEqualTo("success");
    }
}
