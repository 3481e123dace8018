package dev.guardrails4j.server.threads;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;

/** One turn of a chat, streamed or not: first {@link #continuing}, and {@link #keep} when it is done. For one request. */
public interface ChatTurn {

    /** A turn on no thread: nothing goes before it, and nothing of it is kept. */
    ChatTurn UNKEPT = new ChatTurn() {
        @Override
        public GenerationRequest continuing(GenerationRequest request) {
            return request;
        }

        @Override
        public void keep(GenerationResult result, Message answer) {
            // On no thread there is nothing to keep.
        }
    };

    /**
     * The request after all that was said on its thread before.
     *
     * @throws ThreadFullException if the thread has no room for the turn
     * @throws ThreadStoreException if the thread cannot be read
     */
    GenerationRequest continuing(GenerationRequest request);

    /**
     * Keeps the turn, before the caller is told its end: what the request said, as the rails left it, and the answer. A turn
     * that failed is not to be kept. Nothing is kept of a turn whose input was blocked, for it would be before the model at
     * the next turn, nor of one that was only checked.
     *
     * @param result how the turn went
     * @param answer what the assistant says, as the caller is told
     * @throws ThreadFullException if others have filled the thread meanwhile
     * @throws ThreadStoreException if the turn could not be kept
     */
    void keep(GenerationResult result, Message answer);
}
