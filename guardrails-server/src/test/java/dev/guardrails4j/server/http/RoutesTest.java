package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("chat-server-contract 1: routes")
class RoutesTest {

    @TempDir
    private static Path folder;

    private static ConfigRoot root;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        root = ConfigRoot.standard(folder, "http://127.0.0.1:1/v1");
        server = RunningServer.start(root);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, application/json, ok",
        "/v1/health, application/health+json, pass",
        "/healthz, application/health+json, pass",
        "/health/live, application/json, live",
        "/health/ready, application/json, ready"
    })
    void tellsItsHealth(String path, String type, String status) {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(json(answer)).isEqualTo(json("{\"status\": \"" + status + "\"}"));
    }

    @ParameterizedTest
    @DisplayName("checks-contract 6.1: a path of the guardrail microservice that is not there")
    @ValueSource(strings = {"/apis/guardrails/v2/nothing", "/v2/nothing", "/v1/guardrail/nothing"})
    void namesPathAndMethodOfWhatTheMicroserviceDoesNotHave(String path) {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer)).isEqualTo(json("""
                {"detail": "The requested resource was not found.", "path": "%s", "method": "GET"}""".formatted(path)));
    }

    @Test
    void wordsErrorsBelowAPrefixAsTheirApiDoes() {
        try (RunningServer prefixed =
                RunningServer.start(root.folder(), RunningServer.settings("/guard", Optional.empty()))) {
            assertThat(json(prefixed.get("/guard/v2/nothing")).path("detail").asText())
                    .isEqualTo("The requested resource was not found.");
        }
    }

    @Test
    void wordsARefusedMethodAsItsApiDoes() {
        HttpResponse<String> answer = server.send("BREW", "/v2/nothing", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("method").asText()).isEqualTo("BREW");
    }

    @Test
    @DisplayName("contract 1.5")
    void listsConfigurations() {
        HttpResponse<String> answer = server.get("/v1/rails/configs");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer)).isEqualTo(json("""
                [{"id": "broken"}, {"id": "checked"}, {"id": "exceptions"}, {"id": "pass"}]"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/v1", "/v1/models/x", "//", "/v1//health", "/v1/chat%2Fcompletions"})
    void answersUnknownPathsWith404(String path) {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer)).isEqualTo(error("Not Found", "not_found_error", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, POST",
        "PUT, /v1/chat/completions, POST",
        "OPTIONS, /v1/chat/completions, POST",
        "POST, /v1/rails/configs, GET",
        "DELETE, /v1/health, GET",
        "OPTIONS, /healthz, GET",
        "PATCH, /, GET",
        "TRACE, /, GET",
        "MAKEITSO, /healthz, GET",
        "lower, /healthz, GET"
    })
    @DisplayName("contract 1: GET routes do not answer OPTIONS either")
    void answersWrongMethodsWith405(String method, String path, String allowed) {
        HttpResponse<String> answer = server.send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
        assertThat(json(answer)).isEqualTo(error("Method Not Allowed", "api_error", null, null));
    }

    @Test
    @DisplayName("contract 1: GET routes do not answer HEAD")
    void answersHeadWith405AndNoBody() {
        HttpResponse<String> answer = server.send("HEAD", "/healthz", "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /healthz/, /healthz",
        "GET, /v1/rails/configs/?a=b%20c, /v1/rails/configs?a=b%20c",
        "POST, /v1/chat/completions/, /v1/chat/completions"
    })
    @DisplayName("contract 1: a trailing slash leads to the path without")
    void redirectsPathsWithATrailingSlash(String method, String path, String location) {
        HttpResponse<String> answer = server.send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).contains(location);
    }

    @Test
    void servesEverythingBelowThePrefixAndNothingBeside() {
        try (RunningServer prefixed =
                RunningServer.start(root.folder(), RunningServer.settings("/guard/v0", Optional.empty()))) {
            assertThat(prefixed.get("/guard/v0").body()).contains("ok");
            assertThat(prefixed.get("/guard/v0/").body()).contains("ok");
            assertThat(prefixed.get("/guard/v0/v1/health").body()).contains("pass");
            assertThat(prefixed.get("/guard/v0/v1/rails/configs").body()).contains("checked");
            assertThat(prefixed.send("POST", "/guard/v0/v1/chat/completions", "{}")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(prefixed.get("/guard/v0/healthz/").headers().firstValue("Location"))
                    .contains("/guard/v0/healthz");
            assertThat(prefixed.get("/v1/health").statusCode()).isEqualTo(404);
            assertThat(prefixed.get("/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void givesEveryAnswerTheCallersRequestId() {
        for (String path : new String[] {"/healthz", "/nothing", "/healthz/", "/v1/chat/completions"}) {
            assertThat(server.send("GET", path, "", "X-Request-Id", "my-id")
                            .headers()
                            .firstValue("X-Request-Id"))
                    .as(path)
                    .contains("my-id");
        }
        assertThat(server.send("STRANGE", "/healthz", "", "X-Request-Id", "my-id")
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("my-id");
        assertThat(server.send("GET", "/healthz", "", "X-Request-Id", "my id")
                        .headers()
                        .firstValue("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).matches("req_[0-9a-f-]{36}"));
    }

    @Test
    void doesNotSayWhatItIsMadeOf() {
        assertThat(server.get("/healthz").headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(server.get("/nothing").headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void answersABrowserInJsonToo() {
        HttpResponse<String> answer = server.send("GET", "/nothing", "", "Accept", "text/html");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer)).isEqualTo(error("Not Found", "not_found_error", null, null));
    }

    @Test
    void answersWhatIsNoHttpInTheEnvelope() throws IOException {
        assertThat(raw("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"type\":\"invalid_request_error\"");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(50_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"type\":\"api_error\"");
        assertThat(raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("\"error\":{");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .contains("\"type\":\"not_found_error\"");
    }

    /** What the server answers to bytes, up to the end or a second of silence. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8_192];
            while (!answer.toString().contains("}}")) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    break;
                }
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }
}
