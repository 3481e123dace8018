package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Issue 7, security: the log holds no keys and no contents, at any level")
class PlantedSecretTest {

    @TempDir
    private Path folder;

    private final HeardLog log = new HeardLog(event -> event.getFormattedMessage()
            + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void isInNoLineOfAWholeRun() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answer("planted-answer");
                RunningServer server = RunningServer.startWithEverything(
                        ConfigRoot.standard(folder, upstream.baseUrl()),
                        "",
                        parts -> parts.access(Optional.of(Keys.control(Keys.key("planted")))))) {
            for (String config : List.of("pass", "checked", "exceptions", "broken", "none")) {
                for (boolean stream : new boolean[] {false, true}) {
                    server.send(
                            "POST",
                            CHAT,
                            """
                            {"model": "", "stream": %s, "messages": [{"role": "user", "content": "planted-question"}],
                             "guardrails": {"config_id": "%s"}}
                            """.formatted(stream, config),
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            "Bearer " + Keys.secret("planted"),
                            "X-Model-Authorization",
                            "planted-key-of-the-model");
                }
            }
            server.send("GET", "/v1/models", "", "Authorization", "Bearer planted-wrong-key");
        }

        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains("planted"));
    }

    /** Servers tell what they did not like, and quote it. */
    @Test
    void isInNoLineOfWhatUpstreamsComplainOf() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .respond(asked ->
                                ScriptedUpstream.Response.error(400, "planted-question is no question", "bad"));
                RunningServer server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()))) {
            for (String config : List.of("pass", "checked")) {
                server.send("POST", CHAT, """
                        {"model": "", "messages": [{"role": "user", "content": "planted-question"}],
                         "guardrails": {"config_id": "%s"}}
                        """.formatted(config), "Content-Type", "application/json");
            }
        }

        assertThat(log.lines())
                .anyMatch(line -> line.contains("answered with status 400, code bad"))
                .noneMatch(line -> line.contains("planted"));
    }
}
