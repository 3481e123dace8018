package dev.guardrails4j.engine;

import java.util.Optional;

/**
 * A conversation being continued while its reader watches. What is not asked for is not made: a slow reader slows the
 * model. Read by one thread; may be closed by any.
 */
public interface GenerationStream extends AutoCloseable {

    /**
     * Waits for what comes next.
     *
     * @return what comes next; empty when the stream is complete
     * @throws dev.guardrails4j.api.ModelException if the main model fails
     * @throws RailUnavailableException if the model of a rail does
     * @throws RequestTimeoutException if the request's time has passed
     * @throws RequestCancelledException if the calling thread is interrupted
     */
    Optional<StreamEvent> next();

    /**
     * How the conversation was continued: the whole of what was shown.
     *
     * @throws IllegalStateException before {@link #next} has given nothing
     */
    GenerationResult result();

    /** Aborts what still runs: rails, and the model. */
    @Override
    void close();
}
