package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.server.access.AccessControl;
import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.access.KeyRing;
import dev.guardrails4j.server.access.RedisRateLimiter;
import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.storage.RedisServer;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Issue 7, security: rate limits of API keys")
class RateLimitTest {

    private static final String PROMPT = "x".repeat(4_000);

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private Optional<RunningServer> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(RunningServer::close);
        upstream.close();
    }

    private RunningServer start(AccessKey key) {
        RunningServer started = RunningServer.startWithEverything(
                ConfigRoot.standard(folder, upstream.baseUrl()),
                "",
                parts -> parts.access(Optional.of(Keys.control(key, Keys.key("other")))));
        server = Optional.of(started);
        return started;
    }

    private static HttpResponse<String> ask(RunningServer server, String key, boolean stream) {
        return server.send("POST", CHAT, """
                {"model": "", "stream": %s, "messages": [{"role": "user", "content": "%s"}]}
                """.formatted(stream, PROMPT), Keys.with(key));
    }

    private static long remaining(HttpResponse<String> answer, String what) {
        return answer.headers()
                .firstValueAsLong("x-ratelimit-remaining-" + what)
                .orElseThrow();
    }

    @Test
    void servesAsManyRequestsAsAKeyMaySend() {
        upstream.answer("Hello.");
        RunningServer server = start(Keys.limited("app", Optional.of(2), Optional.empty()));

        HttpResponse<String> first = ask(server, "app", false);
        HttpResponse<String> second = ask(server, "app", false);
        HttpResponse<String> third = ask(server, "app", false);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("x-ratelimit-limit-requests")).contains("2");
        assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).contains("1");
        assertThat(first.headers().firstValue("x-ratelimit-reset-requests").orElseThrow())
                .matches("\\d+s|\\d+ms");
        assertThat(first.headers().map()).doesNotContainKey("x-ratelimit-limit-tokens");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 30L);
        assertThat(json(third))
                .isEqualTo(error(
                        "The rate limit of this API key is reached. Please retry later.",
                        "rate_limit_error",
                        null,
                        "rate_limit_exceeded"));
        assertThat(ask(server, "other", false).statusCode()).isEqualTo(200);
        assertThat(upstream.received()).hasSize(3);
    }

    @Test
    @DisplayName("two servers at one Redis count one key's requests and tokens together")
    void countsWhatAKeyAsksOfSeveralServers(@TempDir Path redisFolder, @TempDir Path configs) {
        upstream.respond(received -> Response.json("""
                {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."}, "finish_reason": "stop"}],
                 "usage": {"prompt_tokens": 900, "completion_tokens": 300, "total_tokens": 1200}}
                """));
        KeyRing keys = KeyRing.of(List.of(
                Keys.limited("requests", Optional.of(2), Optional.empty()),
                Keys.limited("tokens", Optional.empty(), Optional.of(1_000)),
                Keys.key("other")));
        ConfigRoot root = ConfigRoot.standard(configs, upstream.baseUrl());
        try (RedisServer redis = RedisServer.startOrSkip(redisFolder);
                RedisRateLimiter first = RedisRateLimiter.at(RedisAddress.parse("redis://" + redis.address()));
                RedisRateLimiter second = RedisRateLimiter.at(RedisAddress.parse("redis://" + redis.address()));
                RunningServer one = RunningServer.startWithEverything(
                        root, "", parts -> parts.access(Optional.of(new AccessControl(keys, first))));
                RunningServer other = RunningServer.startWithEverything(
                        root, "", parts -> parts.access(Optional.of(new AccessControl(keys, second))))) {
            assertThat(ask(one, "requests", false).statusCode()).isEqualTo(200);
            assertThat(ask(other, "requests", false).statusCode()).isEqualTo(200);
            assertThat(ask(one, "requests", false).statusCode()).isEqualTo(429);
            assertThat(ask(other, "requests", false).statusCode()).isEqualTo(429);

            assertThat(ask(one, "tokens", false).statusCode()).isEqualTo(200);
            assertThat(ask(other, "tokens", false).statusCode()).isEqualTo(429);

            assertThat(ask(one, "other", false).statusCode()).isEqualTo(200);
            assertThat(ask(other, "other", false).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellsItInOneStringWhereTheApiDoes() {
        RunningServer server = start(Keys.limited("app", Optional.of(1), Optional.empty()));
        server.send("GET", "/v1/guardrail/configs", "", Keys.with("app"));

        HttpResponse<String> refused = server.send("GET", "/v1/guardrail/configs", "", Keys.with("app"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body())
                .isEqualTo("{\"detail\":\"The rate limit of this API key is reached. Please retry later.\"}");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void countsTheTokensThatModelsTell(boolean stream) {
        upstream.respond(received -> stream ? Response.sse("""
                        data: {"choices": [{"index": 0, "delta": {"content": "Hello."}, "finish_reason": "stop"}]}

                        data: {"choices": [], "usage": {"prompt_tokens": 400, "completion_tokens": 30, "total_tokens": 430}}

                        data: [DONE]

                        """) : Response.json("""
                        {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."},
                                      "finish_reason": "stop"}],
                         "usage": {"prompt_tokens": 400, "completion_tokens": 30, "total_tokens": 430}}
                        """));
        RunningServer server = start(Keys.limited("app", Optional.empty(), Optional.of(1_000)));

        assertThat(remaining(ask(server, "app", stream), "tokens")).isEqualTo(1_000);
        assertThat(remaining(ask(server, "app", stream), "tokens")).isBetween(570L, 650L);
        assertThat(remaining(ask(server, "app", stream), "tokens")).isBetween(140L, 300L);
        HttpResponse<String> refused = ask(server, "app", stream);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("x-ratelimit-remaining-tokens")).contains("0");
        assertThat(upstream.received()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void takesFourCharactersForATokenWhereModelsDoNotTell(boolean stream) {
        upstream.respond(received -> stream ? Response.sse("""
                        data: {"choices": [{"index": 0, "delta": {"content": "Hello."}, "finish_reason": "stop"}]}

                        data: [DONE]

                        """) : Response.json("""
                        {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."},
                                      "finish_reason": "stop"}]}
                        """));
        RunningServer server = start(Keys.limited("app", Optional.empty(), Optional.of(5_000)));

        ask(server, "app", stream);

        assertThat(remaining(ask(server, "app", stream), "tokens")).isBetween(3_950L, 4_400L);
    }

    @Test
    void countsWhatWasSeenOfAStreamThatBreaksOff() {
        upstream.respond(received -> Response.stream("Hello ", "to ", "you").brokenOffAfter(2));
        RunningServer server = start(Keys.limited("app", Optional.empty(), Optional.of(5_000)));

        ask(server, "app", true);

        assertThat(remaining(ask(server, "app", true), "tokens")).isBetween(3_900L, 4_400L);
    }

    @Test
    void countsTheTokensOfRails() {
        upstream.respond(received -> Response.json("""
                {"choices": [{"index": 0, "message": {"role": "assistant", "content": "no"}, "finish_reason": "stop"}],
                 "usage": {"prompt_tokens": 100, "completion_tokens": 0, "total_tokens": 100}}
                """));
        RunningServer server = start(Keys.limited("app", Optional.empty(), Optional.of(1_000)));
        String check = """
                {"model": "", "messages": [{"role": "user", "content": "Hi"}], "guardrails": {"config_id": "checked"}}
                """;

        HttpResponse<String> checked = server.send("POST", "/v1/checks", check, Keys.with("app"));
        server.send("POST", "/v1/guardrail/checks", check, Keys.with("app"));

        assertThat(checked.statusCode()).as(checked.body()).isEqualTo(200);
        assertThat(remaining(server.send("POST", "/v1/checks", check, Keys.with("app")), "tokens"))
                .isBetween(800L, 900L);
    }
}
