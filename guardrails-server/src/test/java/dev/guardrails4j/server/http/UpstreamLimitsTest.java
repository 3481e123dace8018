package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.UpstreamLimits.Breaker;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("issue 7: a bulkhead and a circuit breaker for each upstream")
@Timeout(60)
class UpstreamLimitsTest {

    private static final int MINIMUM = 4;
    private static final int PLACES = 2;
    private static final String JUDGED = """
            rails: {input: {flows: [self check input]}}
            prompts: [{task: self_check_input, content: 'INPUT: {{ user_input }}'}]
            """;

    @TempDir
    private Path folder;

    private final ScriptedUpstream faulty = ScriptedUpstream.start();
    private final ScriptedUpstream healthy = ScriptedUpstream.start().answer("All is well.");
    private final List<Socket> streams = new ArrayList<>();
    private RunningServer server;

    @BeforeEach
    void start() {
        ConfigRoot root = new ConfigRoot(folder)
                .config("pass", ConfigRoot.models(healthy.baseUrl()))
                .config("faulty", ConfigRoot.models(faulty.baseUrl()))
                .config("judged", ConfigRoot.models(healthy.baseUrl()) + """
                          - {type: self_check_input, engine: scripted, model: j, parameters: {base_url: '%s'}}
                        """.formatted(faulty.baseUrl()) + JUDGED);
        Breaker breaker = new Breaker(50, 10, MINIMUM, Duration.ofMinutes(1), 1, Duration.ofSeconds(1));
        server = RunningServer.start(root, new UpstreamLimits(PLACES, Duration.ZERO, Optional.of(breaker)));
    }

    @AfterEach
    void stop() throws IOException {
        closeStreams();
        server.close();
        faulty.close();
        healthy.close();
    }

    @Test
    void answersAtOnceForAModelThatHasFailedAgainAndAgain() {
        breakDown();

        HttpResponse<String> refused = chat("faulty", false);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValueSatisfying(UpstreamLimitsTest::isAlmostAMinute);
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("model_circuit_open");
        assertThat(json(refused).at("/error/type").asText()).isEqualTo("server_error");
        assertThat(refused.body())
                .contains("its server has failed again and again; it is tried again in")
                .doesNotContain("127.0.0.1");
        assertThat(chat("faulty", true).statusCode()).isEqualTo(503);
        assertThat(faulty.received()).hasSize(MINIMUM);
    }

    @Test
    void tellsAnOutageOfARailWhoseModelIsLeftAlone() {
        breakDown();

        HttpResponse<String> refused = chat("judged", false);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValueSatisfying(UpstreamLimitsTest::isAlmostAMinute);
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("rail_unavailable");
        assertThat(json(refused).at("/error/param").asText()).isEqualTo("self check input");
        assertThat(faulty.received()).hasSize(MINIMUM);
        assertThat(healthy.received()).isEmpty();
    }

    @Test
    void servesOnWithOtherModels() {
        breakDown();

        assertThat(chat("pass", false).body()).contains("All is well.");
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void leavesAModelAloneThoughItsConfigurationIsReadAnew() throws IOException {
        server.watching();
        breakDown();

        Files.writeString(folder.resolve("faulty").resolve("config.yml"), ConfigRoot.models(faulty.baseUrl()) + JUDGED);
        await().untilAsserted(() -> assertThat(
                        json(chat("faulty", false)).at("/error/code").asText())
                .isEqualTo("rail_unavailable"));

        assertThat(faulty.received()).hasSize(MINIMUM);
    }

    @Test
    void countsWhatItDoesNotAsk() {
        breakDown();
        chat("faulty", false);

        Scrape scrape = Scrape.of(server);

        String upstream = "upstream=\"" + faulty.baseUrl().replaceFirst("(http://[^/]+).*", "$1") + "\"";
        assertThat(scrape.value("guardrails_upstream_circuit_breakers_tripped{" + upstream + "}"))
                .isEqualTo(1);
        assertThat(scrape.value("guardrails_upstream_calls_limit{" + upstream + "}"))
                .isEqualTo(PLACES);
        assertThat(scrape.value("guardrails_upstream_calls_active{" + upstream + "}"))
                .isZero();
        assertThat(scrape.value(
                        "guardrails_upstream_circuit_breaker_transitions_total{state=\"open\"," + upstream + "}"))
                .isEqualTo(1);
        assertThat(scrape.value("guardrails_upstream_calls_refused_total{reason=\"circuit_open\"," + upstream + "}"))
                .isEqualTo(1);
    }

    @Test
    void refusesCallsOfAModelThatAreTooManyAtOnceAndServesOn() throws IOException {
        faulty.respond(request -> Response.endless("x").pausing(Duration.ofMillis(5)));
        openStreams();

        HttpResponse<String> refused = chat("faulty", false);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(refused))
                .isEqualTo(error(
                        "the model is not asked, for as many calls of its server run as may at once",
                        "server_error",
                        null,
                        "model_busy"));
        assertThat(json(chat("judged", false)).at("/error/code").asText()).isEqualTo("rail_unavailable");
        assertThat(chat("pass", false).statusCode()).isEqualTo(200);
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(faulty.received()).hasSize(PLACES);
    }

    @Test
    void givesThePlacesOfStreamsToOthersWhenTheirClientsGo() throws IOException {
        faulty.respond(request -> request.body().contains("\"stream\":true")
                ? Response.endless("x").pausing(Duration.ofMillis(5))
                : Response.answer("at last"));
        openStreams();
        assertThat(chat("faulty", false).statusCode()).isEqualTo(503);

        closeStreams();

        await().untilAsserted(() -> assertThat(chat("faulty", false).body()).contains("at last"));
    }

    private void breakDown() {
        faulty.respond(request -> Response.error(500, "down", "x"));
        while (faulty.received().size() < MINIMUM) {
            chat("faulty", false);
        }
    }

    private HttpResponse<String> chat(String config, boolean isStreamed) {
        return server.chat(request(config, isStreamed));
    }

    private static String request(String config, boolean isStreamed) {
        return """
                {"model": "", "stream": %s, "messages": [{"role": "user", "content": "Hello!"}],
                 "guardrails": {"config_id": "%s"}}""".formatted(isStreamed, config);
    }

    private void openStreams() throws IOException {
        for (int i = 0; i < PLACES; i++) {
            streams.add(openStream());
        }
    }

    private void closeStreams() throws IOException {
        for (Socket stream : streams) {
            stream.close();
        }
    }

    /** A stream that has begun, and that goes on until its client goes. */
    private Socket openStream() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        byte[] body = request("faulty", true).getBytes(StandardCharsets.UTF_8);
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(CHAT, body.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private static void isAlmostAMinute(String seconds) {
        assertThat(Integer.parseInt(seconds)).isBetween(30, 60);
    }
}
