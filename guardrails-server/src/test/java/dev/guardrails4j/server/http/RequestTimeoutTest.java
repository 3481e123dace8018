package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.server.wire.RequestException;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN 4: X-Request-Timeout bounds the whole request")
class RequestTimeoutTest {

    private static final String HELLO = """
            {"model": "m", "messages": [{"role": "user", "content": "Hello!"}]}""";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "30,30000",
        "2.5,2500",
        "0.001,1",
        "250ms,250",
        "30s,30000",
        "1.5 m,90000",
        "' 10 ',10000",
        "3600,3600000"
    })
    void readsSecondsAndUnits(String header, long millis) {
        assertThat(RequestTimeout.of(header)).contains(Duration.ofMillis(millis));
    }

    @Test
    void saysNothingWhereThereIsNoHeader() {
        assertThat(RequestTimeout.of(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "soon", "-1", "0", "0.0001", "3601", "61m", "1h", "1e3", "NaN", "1,5", "9999999999", "١"
            })
    void refusesWhatIsNoTime(String header) {
        assertThatThrownBy(() -> RequestTimeout.of(header))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage("The header X-Request-Timeout must be a number of seconds, or a number with the unit ms, s"
                        + " or m, from 1ms to 60m");
    }

    @Test
    void answers504WhenTheTimeHasPassed() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningServer server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()))) {
            CountDownLatch never = new CountDownLatch(1);
            upstream.respond(request -> ScriptedUpstream.Response.answer("Hi!").heldUntil(never));

            HttpResponse<String> answer = chat(server, "300ms");

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(json(answer))
                    .isEqualTo(error(
                            "The request was not done in the time it was given",
                            "server_error",
                            null,
                            "request_timeout"));
        }
    }

    @Test
    void answersInTime() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningServer server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()))) {
            assertThat(chat(server, "10m").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesBeforeItAsksTheModel() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningServer server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()))) {
            HttpResponse<String> answer = chat(server, "secret-value");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("invalid_request_error").doesNotContain("secret-value");
            assertThat(upstream.received()).isEmpty();
        }
    }

    private static HttpResponse<String> chat(RunningServer server, String timeout) {
        return server.send(
                "POST", RunningServer.CHAT, HELLO, "Content-Type", "application/json", RequestTimeout.HEADER, timeout);
    }
}
