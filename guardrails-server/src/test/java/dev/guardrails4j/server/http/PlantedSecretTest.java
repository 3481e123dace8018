package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("Issue 7, security: the log holds no keys and no contents, at any level")
class PlantedSecretTest {

    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.guardrails4j");

    @TempDir
    private Path folder;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Level level = OURS.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        OURS.addAppender(appender);
        OURS.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        OURS.setLevel(level);
        OURS.detachAppender(appender);
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

        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("planted"));
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

        assertThat(lines)
                .anyMatch(line -> line.contains("answered with status 400, code bad"))
                .noneMatch(line -> line.contains("planted"));
    }
}
