package dev.guardrails4j.server.threads;

import dev.guardrails4j.server.wire.RequestException;
import java.util.Optional;

/** What a chat request sees of threads. Safe for use by many threads. */
public final class ChatThreads {

    private final Optional<ThreadStore> store;

    /** Over a store, which is empty if no threads are kept. */
    public ChatThreads(Optional<ThreadStore> store) {
        this.store = store;
    }

    /**
     * Begins a turn.
     *
     * @param scope whose thread
     * @param threadId the thread that the request names, or none
     * @throws RequestException if it names one and no threads are kept (contract "chat server" 5)
     */
    public ChatTurn begin(String scope, Optional<String> threadId) {
        if (threadId.isEmpty()) {
            return ChatTurn.UNKEPT;
        }
        ThreadStore kept = store.orElseThrow(
                () -> RequestException.of(400, "Conversation threads are not enabled on this server."));
        return new KeptTurn(kept, new ThreadKey(scope, threadId.get()));
    }
}
