package dev.guardrails4j.api;

import java.util.List;
import java.util.Optional;

/**
 * A model's answer while it is being written. What is not asked for stays with the model: a slow reader slows the model,
 * not the heap. Read by one thread at a time; may be closed by any.
 */
public interface ChatStream extends AutoCloseable {

    /**
     * Waits for the next chunk.
     *
     * @return the chunk; empty when the answer is complete
     * @throws ModelException if the model fails, or the answer breaks off
     */
    Optional<ChatChunk> next();

    /** Stops the model if it is still writing. */
    @Override
    void close();

    /** An answer that is there already, as a stream of one chunk. */
    static ChatStream of(ChatResponse response) {
        return new FinishedStream(List.of(ChatChunk.of(response)));
    }
}
