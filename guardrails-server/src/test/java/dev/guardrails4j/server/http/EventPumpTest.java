package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationStream;
import dev.guardrails4j.engine.StreamEvent;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventPumpTest {

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Without it, the client of a stream for which there was no memory would be kept waiting for ever. */
    @Test
    void tellsWhoeverWaitsOfAnError() {
        try (EventPump pump = new EventPump(new GreedyStream(), threads)) {
            assertThatThrownBy(() -> pump.take().get()).hasCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    /** Wants more memory than any heap of a test has. */
    private static final class GreedyStream implements GenerationStream {

        @Override
        public Optional<StreamEvent> next() {
            return Optional.of(new StreamEvent.Text(String.valueOf(new long[Integer.MAX_VALUE].length)));
        }

        @Override
        public GenerationResult result() {
            throw new IllegalStateException("The stream has not ended yet");
        }

        @Override
        public void close() {}
    }
}
