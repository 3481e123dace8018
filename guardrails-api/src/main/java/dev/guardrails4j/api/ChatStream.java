package dev.guardrails4j.api;

import java.util.List;
import java.util.Optional;

/**
 * A model's answer while it is being written. What is not asked for stays with the model: a slow reader slows the model,
 * not the heap. Read by one thread at a time; may be closed by any.
 *
 * @since 0.1
 */
public interface ChatStream extends AutoCloseable {

    /**
     * Waits for the next chunk.
     *
     * @return the chunk; empty when the answer is complete
     * @throws ModelException if the model fails, or the answer breaks off
     */
    Optional<ChatChunk> next();

    /**
     * Stops the model at once if it is still writing; a call of {@link #next} that waits for it ends. From then on {@code
     * next} gives no further chunk: it is empty or throws {@link ModelException}.
     */
    @Override
    void close();

    /** An answer that is there already, as a stream of one chunk. */
    static ChatStream of(ChatResponse response) {
        return of(List.of(ChatChunk.of(response)));
    }

    /** Chunks that are there already, as a stream. */
    static ChatStream of(List<ChatChunk> chunks) {
        return new FinishedStream(chunks);
    }
}
