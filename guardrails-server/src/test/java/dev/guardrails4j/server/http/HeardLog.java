package dev.guardrails4j.server.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** Every line that we log, at any level, until it is closed. */
final class HeardLog implements AutoCloseable {

    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.guardrails4j");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Level level = OURS.getLevel();
    private final AppenderBase<ILoggingEvent> appender;

    /** @param line what is kept of an event */
    HeardLog(Function<ILoggingEvent, String> line) {
        appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(line.apply(event));
            }
        };
        appender.start();
        OURS.addAppender(appender);
        OURS.setLevel(Level.TRACE);
    }

    Queue<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        OURS.setLevel(level);
        OURS.detachAppender(appender);
    }
}
