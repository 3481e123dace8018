package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("contract \"chat server\" 1.12: CORS")
class CrossOriginTest {

    private static final String APP = "https://app.example.com";
    private static final String HELLO =
            "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private Optional<RunningServer> server = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(RunningServer::close);
        upstream.close();
    }

    @Test
    void isOffUnlessOriginsAreAllowed() {
        RunningServer closed = start(AllowedOrigins.NONE);

        HttpResponse<String> answer = closed.send("GET", "/healthz", "", "Origin", APP);
        HttpResponse<String> preflight = preflight(closed, RunningServer.CHAT, APP);

        assertThat(answer.headers().map()).doesNotContainKeys("access-control-allow-origin", "vary");
        assertThat(preflight.statusCode()).isEqualTo(405);
    }

    @Test
    void answersAPreflight() {
        RunningServer open = start(AllowedOrigins.ANY);

        HttpResponse<String> preflight = open.send(
                "OPTIONS",
                RunningServer.CHAT,
                "",
                "Origin",
                APP,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, content-type");

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.body()).isEqualTo("OK");
        assertHeader(preflight, "Access-Control-Allow-Origin", APP);
        assertHeader(preflight, "Access-Control-Allow-Credentials", "true");
        assertHeader(preflight, "Access-Control-Allow-Methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        assertHeader(preflight, "Access-Control-Allow-Headers", "authorization, content-type");
        assertHeader(preflight, "Access-Control-Max-Age", "600");
        assertHeader(preflight, "Vary", "Origin, Access-Control-Request-Headers");
    }

    @Test
    void letsPagesOfAnAllowedOriginReadAnswers() {
        RunningServer open = start(AllowedOrigins.parse(List.of("https://other.example", APP)));

        HttpResponse<String> answer =
                open.send("POST", RunningServer.CHAT, HELLO, "Content-Type", "application/json", "Origin", APP);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertReadable(answer);
    }

    @Test
    void letsPagesReadWhatIsStreamed() {
        RunningServer open = start(AllowedOrigins.ANY);
        String body = HELLO.replace("\"model\"", "\"stream\": true, \"model\"");

        HttpResponse<String> answer =
                open.send("POST", RunningServer.CHAT, body, "Content-Type", "application/json", "Origin", APP);

        assertThat(answer.body()).contains("[DONE]");
        assertReadable(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, 422",
        "GET, /nothing, 404",
        "GET, /v1/chat/completions, 405",
        "FETCH, /, 405"
    })
    void letsPagesReadErrors(String method, String path, int status) {
        RunningServer open = start(AllowedOrigins.ANY);

        HttpResponse<String> answer = open.send(method, path, "", "Origin", APP);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertReadable(answer);
    }

    @Test
    void letsPagesReadHowLongToWait() {
        RunningServer open = start(AllowedOrigins.ANY);
        upstream.respond(received -> Response.error(429, "slow down", "rate").header("Retry-After", "7"));

        HttpResponse<String> answer =
                open.send("POST", RunningServer.CHAT, HELLO, "Content-Type", "application/json", "Origin", APP);

        assertHeader(answer, "Retry-After", "7");
        assertReadable(answer);
    }

    @Test
    void tellsOtherOriginsNothing() {
        RunningServer open = start(AllowedOrigins.parse(APP));

        HttpResponse<String> answer = open.send("GET", "/healthz", "", "Origin", "https://evil.example");
        HttpResponse<String> preflight = preflight(open, RunningServer.CHAT, "https://app.example.com.evil.example");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertHeader(answer, "Vary", "Origin");
        assertThat(preflight.statusCode()).isEqualTo(400);
        assertThat(preflight.body()).isEqualTo("Disallowed CORS origin");
        assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void takesAnOptionsRequestThatIsNoPreflightForWhatItIs() {
        RunningServer open = start(AllowedOrigins.ANY);

        assertThat(open.send("OPTIONS", RunningServer.CHAT, "", "Origin", APP).statusCode())
                .isEqualTo(405);
        assertThat(open.send("OPTIONS", RunningServer.CHAT, "").statusCode()).isEqualTo(405);
    }

    @Test
    void answersAPreflightBelowAPrefix() {
        server = Optional.of(RunningServer.start(
                ConfigRoot.standard(folder, upstream.baseUrl()).folder(),
                RunningServer.settings(Optional.of("pass"))
                        .prefix("/guard")
                        .allowedOrigins(AllowedOrigins.ANY)
                        .build()));

        assertThat(preflight(server.get(), "/guard" + RunningServer.CHAT, APP).body())
                .isEqualTo("OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example.com",
                "https://a.example/",
                "https://a.example/x",
                "https://*.example",
                "https://a b"
            })
    void knowsWhatIsNoOrigin(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedOrigins.parse(text))
                .withMessageContaining("is not an origin");
    }

    @Test
    void takesOriginsWithBlanksAroundThemAndInAnyCase() {
        AllowedOrigins origins = AllowedOrigins.parse(" HTTPS://App.Example.com , http://[::1]:3000,, null");

        assertThat(origins.origins()).containsExactlyInAnyOrder("https://app.example.com", "http://[::1]:3000", "null");
        assertThat(origins.allows("https://app.example.com")).isTrue();
        assertThat(origins.allows("http://app.example.com")).isFalse();
    }

    private RunningServer start(AllowedOrigins origins) {
        RunningServer started = RunningServer.start(
                ConfigRoot.standard(folder, upstream.baseUrl()).folder(),
                RunningServer.settings(Optional.of("pass"))
                        .allowedOrigins(origins)
                        .build());
        server = Optional.of(started);
        return started;
    }

    private static HttpResponse<String> preflight(RunningServer server, String path, String origin) {
        return server.send("OPTIONS", path, "", "Origin", origin, "Access-Control-Request-Method", "POST");
    }

    private static void assertReadable(HttpResponse<String> answer) {
        assertHeader(answer, "Access-Control-Allow-Origin", APP);
        assertHeader(answer, "Access-Control-Allow-Credentials", "true");
        assertHeader(
                answer,
                "Access-Control-Expose-Headers",
                "Retry-After, X-Guardrails-Rail, X-Guardrails-Status, X-Request-Id, x-ratelimit-limit-requests,"
                        + " x-ratelimit-limit-tokens, x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens,"
                        + " x-ratelimit-reset-requests, x-ratelimit-reset-tokens");
        assertHeader(answer, "Vary", "Origin");
    }

    private static void assertHeader(HttpResponse<String> answer, String name, String value) {
        assertThat(answer.headers().allValues(name)).as(name).containsExactly(value);
    }
}
