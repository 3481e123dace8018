package dev.guardrails4j.api;

/**
 * A chat model that can be asked. Safe for use by many threads.
 *
 * @since 0.1
 */
public interface ChatModel extends AutoCloseable {

    /** The engine it is connected through: {@code "openai"}. */
    String engine();

    /** The model's name, as sent upstream; empty if each request names one. */
    String name();

    /**
     * Asks the model and waits for the whole answer.
     *
     * @param deadline bounds the call; when it ends, the call is aborted
     * @throws ModelException if the model cannot be reached, refuses, or answers what is not an answer
     */
    ChatResponse generate(ChatRequest request, Deadline deadline);

    /**
     * Asks the model and reads the answer while it is being written. A model that cannot do this answers in one chunk.
     *
     * @param deadline bounds the whole answer; when it ends, the answer is broken off
     * @return to be closed by the caller
     * @throws ModelException if the model cannot be reached or refuses
     */
    default ChatStream stream(ChatRequest request, Deadline deadline) {
        return ChatStream.of(generate(request, deadline));
    }

    /** Releases what the model holds. Calls that run are allowed to fail. */
    @Override
    default void close() {}
}
