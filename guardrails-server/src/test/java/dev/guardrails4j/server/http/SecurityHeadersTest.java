package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Issue 7, security: headers of every answer")
class SecurityHeadersTest {

    private static final String HELLO =
            "{\"model\": \"\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, false, 200",
        "POST, /v1/chat/completions, true, 200",
        "POST, /v1/chat/completions, no, 422",
        "GET, /v1/chat/completions, no, 405",
        "GET, /no-such-path, no, 404",
        "BREW, /, no, 405",
        "GET, /healthz, no, 200",
    })
    void tellBrowsersThatAnAnswerIsNoPage(String method, String path, String stream, int status) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
                RunningServer server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()))) {
            String body = stream.equals("no") ? "{}" : HELLO.formatted(stream);

            HttpResponse<String> answer = server.send(method, path, body, "Content-Type", "application/json");

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).matches("no-store|no-cache.*");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .contains("default-src 'none'; frame-ancestors 'none'");
            assertThat(answer.headers().map()).doesNotContainKeys("strict-transport-security", "server");
        }
    }
}
