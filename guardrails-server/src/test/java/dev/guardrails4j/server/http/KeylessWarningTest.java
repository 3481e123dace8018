package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class KeylessWarningTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(GuardrailsServer.class);

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOG.addAppender(log);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(log);
    }

    private void start(String host, UnaryOperator<ServerParts.Builder> more) {
        ConfigRoot root = ConfigRoot.standard(folder, "http://127.0.0.1:1/v1");
        RunningServer.startWithEverything(root, ServerSettings.on(host, 0).build(), more)
                .close();
    }

    @Test
    void warnsWhoListensToAllWithoutKeys() {
        start("0.0.0.0", parts -> parts);

        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("THIS SERVER HAS NO API KEYS AND LISTENS ON 0.0.0.0: ")
                        .contains("'guardrails keys new NAME'", "or listen on 127.0.0.1"));
    }

    @Test
    void warnsNobodyWhoHasKeysOrListensToThisMachineOnly() {
        start("0.0.0.0", parts -> parts.access(Optional.of(Keys.control(Keys.key("app")))));
        start("127.0.0.1", parts -> parts);
        start("localhost", parts -> parts);

        assertThat(log.list).filteredOn(event -> event.getLevel() == Level.WARN).isEmpty();
    }
}
