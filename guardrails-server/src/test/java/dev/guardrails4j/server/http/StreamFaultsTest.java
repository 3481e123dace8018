package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.WireText.CHUNKED;
import static dev.guardrails4j.server.http.WireText.END;
import static dev.guardrails4j.server.http.WireText.EVENTS;
import static dev.guardrails4j.server.http.WireText.HEAD;
import static dev.guardrails4j.server.http.WireText.event;
import static dev.guardrails4j.server.http.WireText.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told of streams that go wrong after they have begun, and of answers that are odd: docs/faults.md. */
@Timeout(60)
class StreamFaultsTest {

    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;
    private static final Map<StreamFault, RawUpstream> UPSTREAMS = new EnumMap<>(StreamFault.class);

    @TempDir
    private static Path folder;

    private static ScriptedUpstream healthy;
    private static ScriptedUpstream odd;
    private static RawUpstream streaming;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        healthy = ScriptedUpstream.start().answer("All is well.");
        odd = ScriptedUpstream.start();
        streaming = RawUpstream.start(call -> call.send(HEAD + EVENTS + CHUNKED + words("Hi") + event("[DONE]") + END));
        ConfigRoot root = new ConfigRoot(folder)
                .config("pass", ConfigRoot.models(healthy.baseUrl()))
                .config("odd", ConfigRoot.models(odd.baseUrl()))
                .config("streaming", ConfigRoot.models(streaming.baseUrl()))
                .config("patient", ConfigRoot.models(odd.baseUrl()).replace("max_attempts: 1", "max_attempts: 2"));
        for (StreamFault fault : StreamFault.values()) {
            RawUpstream upstream = fault.start();
            UPSTREAMS.put(fault, upstream);
            String models = ConfigRoot.models(upstream.baseUrl())
                    .replace("max_attempts: 1", "max_attempts: 3, timeout: " + (fault.isEndless() ? "0.6" : "50"));
            root.config(id(fault), models).config(id(fault) + "-checked", models + """
                    rails:
                      output: {flows: [regex check output], streaming: {enabled: true, chunk_size: 1, context_size: 0}}
                      config: {regex_detection: {output: {patterns: [swordfish]}}}
                    """);
        }
        server = RunningServer.start(root);
        // So that what is to end by a time-out has begun by then.
        assertThat(chat("pass", true).statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        healthy.close();
        odd.close();
        streaming.close();
        UPSTREAMS.values().forEach(RawUpstream::close);
    }

    @AfterEach
    void leavesNothingBehindAndServesOn() {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(StreamFaultsTest::isIdle);
        assertThat(chat("pass", false).body()).contains("All is well.");
        assertThat(chat("pass", true).body()).contains("well.");
    }

    private static boolean isIdle() {
        return server.load().running() + server.load().streams() == 0
                && UPSTREAMS.values().stream().allMatch(upstream -> upstream.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void areToldInOneFrame(StreamFault fault) {
        int before = UPSTREAMS.get(fault).calls();

        assertBreaksOff(fault, chat(id(fault), true));

        assertThat(UPSTREAMS.get(fault).calls() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESETS", "SENDS_HALF_A_JSON", "FALLS_SILENT", "SENDS_TOKENS_WITHOUT_END"})
    void areToldInOneFrameBehindAnOutputRail(StreamFault fault) {
        assertBreaksOff(fault, chat(id(fault) + "-checked", true));
    }

    private static void assertBreaksOff(StreamFault fault, HttpResponse<String> answer) {
        List<String> frames = frames(answer);
        assertThat(frames).last().isEqualTo("[DONE]");
        JsonNode error = RunningServer.json(frames.get(frames.size() - 2)).path("error");
        assertThat(error.path("type").asText()).isEqualTo("generation_error");
        assertThat(error.path("code").asText()).isEqualTo("generation_failed");
        assertThat(error.path("message").asText())
                .contains(fault.told())
                .doesNotContain("127.0.0.1", "localhost", "Exception", "java.");
        assertThat(answer.body()).doesNotContain(WireText.WORDS);
    }

    @Test
    void anAnswerOfTenMegabytesIsCarried() {
        odd.answer("x".repeat(TEN_MEGABYTES));

        HttpResponse<String> answer = chat("odd", false);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSizeGreaterThan(TEN_MEGABYTES);
    }

    @Test
    void anAnswerInOnePieceIsCarriedWhereAStreamWasAskedFor() {
        odd.respond(request -> Response.json("{\"choices\": [{\"message\": {\"content\": \"Not streamed\"}}]}"));

        HttpResponse<String> answer = chat("odd", true);

        assertThat(answer.body()).contains("Not streamed");
        assertThat(frames(answer)).last().isEqualTo("[DONE]");
    }

    @Test
    void aStreamIsRefusedWhereAnAnswerInOnePieceWasAskedFor() {
        HttpResponse<String> answer = chat("streaming", false);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(RunningServer.json(answer).at("/error/message").asText())
                .isEqualTo("the model answered what is not an answer: it is no JSON but text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStormOf429IsAskedAsOftenAsTheConfigurationSays(boolean stream) {
        odd.respond(request -> busy());
        int before = odd.received().size();

        HttpResponse<String> answer = chat("patient", stream);

        assertIsBusy(answer);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(odd.received().size() - before).isEqualTo(2);
    }

    @Test
    void aStormOf429ThatNamesALongTimeIsNotAskedAgain() {
        odd.respond(request -> busy().header("Retry-After", "61"));
        int before = odd.received().size();

        HttpResponse<String> answer = chat("patient", false);

        assertIsBusy(answer);
        assertThat(answer.headers().firstValue("Retry-After")).contains("61");
        assertThat(odd.received().size() - before).isEqualTo(1);
    }

    private static Response busy() {
        return Response.error(429, "Slow down", "rate_limit_exceeded");
    }

    private static void assertIsBusy(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        JsonNode error = RunningServer.json(answer).path("error");
        assertThat(error.path("type").asText()).isEqualTo("rate_limit_error");
        assertThat(error.path("code").asText()).isEqualTo("rate_limit_exceeded");
    }

    private static List<String> frames(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> frames = new ArrayList<>();
        answer.body().lines().filter(line -> line.startsWith("data: ")).forEach(line -> frames.add(line.substring(6)));
        return frames;
    }

    private static HttpResponse<String> chat(String config, boolean stream) {
        return server.chat("""
                {"model": "m", "stream": %s, "messages": [{"role": "user", "content": "Hi"}],
                 "guardrails": {"config_id": "%s"}}""".formatted(stream, config));
    }

    private static String id(StreamFault fault) {
        return fault.name().toLowerCase(Locale.ROOT);
    }
}
