package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.GenerationStream;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.StreamEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * Reads a stream in a thread of its own, a few events ahead, so that its reader can do something else while none comes.
 * Closed, it stops the stream.
 */
final class EventPump implements AutoCloseable {

    private static final int EVENTS_AHEAD = 16;

    private final GenerationStream stream;
    private final BlockingQueue<Pumped> queue = new ArrayBlockingQueue<>(EVENTS_AHEAD);
    private final Future<?> pumping;
    private final Map<String, String> logged =
            Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(Map.of());

    EventPump(GenerationStream stream, ExecutorService threads) {
        this.stream = stream;
        this.pumping = threads.submit(this::pump);
    }

    /**
     * What came out of the stream.
     *
     * @param event the next event; empty at the end
     * @param failure why there is none
     */
    record Pumped(Optional<StreamEvent> event, Optional<RuntimeException> failure) {

        /** The next event, or nothing at the end; fails as the stream did. */
        Optional<StreamEvent> get() {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return event;
        }
    }

    /** What the log tells of the request, it tells of this thread, too. */
    private void pump() {
        MDC.setContextMap(logged);
        try {
            Optional<StreamEvent> event;
            do {
                event = stream.next();
                queue.put(new Pumped(event, Optional.empty()));
            } while (event.isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            // Whoever waits for the next event would wait for ever.
            fail(new IllegalStateException("A stream failed for a reason that was not foreseen", e));
        } finally {
            MDC.clear();
        }
    }

    private void fail(RuntimeException failure) {
        try {
            queue.put(new Pumped(Optional.empty(), Optional.of(failure)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next event, however long it takes. */
    Pumped take() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new RequestCancelledException(e);
        }
    }

    /** Waits a while for the next event. */
    Optional<Pumped> poll(Duration patience) {
        try {
            return Optional.ofNullable(queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw new RequestCancelledException(e);
        }
    }

    @Override
    public void close() {
        stream.close();
        pumping.cancel(true);
    }
}
