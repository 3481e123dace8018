package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("DESIGN 8: the log tells how a request went, and nothing of what it said")
class LogTest {

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final HeardLog log = new HeardLog(LogTest::line);
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()));
    }

    @AfterEach
    void stop() {
        log.close();
        server.close();
        upstream.close();
    }

    private static String line(ILoggingEvent event) {
        String cause = event.getThrowableProxy() == null
                ? ""
                : " " + event.getThrowableProxy().getMessage();
        return "[" + event.getMDCPropertyMap().get("requestId") + "] " + event.getFormattedMessage() + cause;
    }

    @Test
    void tellsOneLineARequest() {
        chat("checked", "id-1");

        await().untilAsserted(() -> assertThat(log.lines())
                .anyMatch(line -> line.matches("\\[id-1] POST /v1/chat/completions 200 in \\d+ ms, configurations"
                        + " \\['checked'], request id-1")));
    }

    @Test
    void neverTellsWhatWasSaid() {
        upstream.answer("hunter2");
        chat("checked", "id-1");
        upstream.respond(request -> Response.error(401, "no such key sk-hunter2", "c"));
        chat("checked", "id-2");
        chat("pass", "id-3");
        server.send("POST", RunningServer.CHAT, "{\"model\": \"m\", \"hunter2\": \"hunter2", "X-Request-Id", "id-4");
        server.send("POST", RunningServer.CHAT, "{\"messages\": \"hunter2\"}", "X-Request-Id", "id-5");

        for (String id : new String[] {"id-1", "id-2", "id-3", "id-4", "id-5"}) {
            await().until(() -> log.lines().stream().anyMatch(line -> line.endsWith("request " + id)));
        }
        assertThat(log.lines()).noneMatch(line -> line.contains("hunter2"));
    }

    private void chat(String configId, String requestId) {
        server.send(
                "POST",
                RunningServer.CHAT,
                """
                {"model": "m", "messages": [{"role": "user", "content": "hunter2"}], "guardrails": {"config_id": "%s",
                 "context": {"secret": "hunter2"}}, "user": "hunter2"}""".formatted(configId),
                "X-Request-Id",
                requestId,
                "Authorization",
                "Bearer hunter2");
    }
}
