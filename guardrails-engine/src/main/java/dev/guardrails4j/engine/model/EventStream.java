package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read from server-sent events while it is asked for. It is complete when the endpoint says so, with
 * {@code [DONE]} or a finish reason; an answer that just ends is broken off. After a failure or {@link #close}, {@link #next}
 * throws.
 */
final class EventStream implements ChatStream {

    /** How long what is still to come after a finish reason is waited for: the tokens spent, and the end. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(1);

    private static final String DONE = "[DONE]";

    private final ArrivingBody body;
    private final EventReader events;
    private final StreamedAnswer answer;
    private boolean hasEvents;
    private boolean isOver;
    private @Nullable ModelException failure;

    EventStream(ArrivingBody body, StreamedAnswer answer) {
        this.body = body;
        this.events = new EventReader(body);
        this.answer = answer;
    }

    @Override
    public Optional<ChatChunk> next() {
        if (isOver) {
            return Optional.empty();
        }
        if (failure != null) {
            throw failure;
        }
        try {
            body.checkWanted();
            return Optional.of(read());
        } catch (ModelException e) {
            failure = e;
            body.close();
            throw e;
        }
    }

    @Override
    public void close() {
        body.close();
    }

    private ChatChunk read() {
        while (true) {
            Optional<byte[]> event = nextEvent();
            if (event.isEmpty()) {
                return end(answer.isComplete());
            }
            hasEvents = true;
            if (isDone(event.get())) {
                return end(true);
            }
            Optional<ChatChunk> chunk = answer.next(parse(event.get()));
            if (chunk.isPresent()) {
                return chunk.get();
            }
        }
    }

    private Optional<byte[]> nextEvent() {
        if (answer.isComplete()) {
            return lastEvents();
        }
        try {
            return events.next();
        } catch (IOException e) {
            throw TransportFailure.of(e);
        }
    }

    /** Nothing of the answer is missing any more: whatever goes wrong, it is complete. */
    private Optional<byte[]> lastEvents() {
        Future<?> timeOut = body.endIn(PATIENCE_AT_THE_END);
        try {
            return events.next();
        } catch (IOException | ModelException e) {
            return Optional.empty();
        } finally {
            timeOut.cancel(false);
        }
    }

    private WireObject parse(byte[] event) {
        return WireJson.object(event)
                .map(WireObject::new)
                .orElseThrow(() -> failed(
                        events.hasEnded()
                                ? TransportFailure.brokenOff()
                                : TransportFailure.notAnAnswer("a part of it is not a JSON object within the limits")));
    }

    private ChatChunk end(boolean isComplete) {
        if (!isComplete) {
            throw failed(
                    hasEvents
                            ? TransportFailure.brokenOff()
                            : TransportFailure.notAnAnswer("it is neither JSON nor a stream of events"));
        }
        ChatChunk last = answer.end();
        isOver = true;
        body.finish(PATIENCE_AT_THE_END);
        return last;
    }

    private ModelException failed(ModelException why) {
        body.failed();
        return why;
    }

    private static boolean isDone(byte[] event) {
        return event.length <= 2 * DONE.length()
                && new String(event, StandardCharsets.UTF_8).strip().equals(DONE);
    }
}
