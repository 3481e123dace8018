package dev.guardrails4j.server.threads;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.openai.StoredMessages;
import dev.guardrails4j.server.wire.RequestException;
import java.util.Collection;
import java.util.List;

/**
 * The messages of a turn as stores keep them.
 *
 * @param messages the JSON of each
 */
record EncodedTurn(List<byte[]> messages) {

    static EncodedTurn of(List<Message> turn) {
        if (turn.isEmpty()) {
            throw new IllegalArgumentException("a turn has at least one message");
        }
        return new EncodedTurn(turn.stream().map(StoredMessages::write).toList());
    }

    /** How long they are together. */
    long bytes() {
        return bytes(messages);
    }

    /** The thread that a store has kept. */
    static StoredThread decode(Collection<byte[]> kept) {
        try {
            return new StoredThread(StoredMessages.read(kept), bytes(kept));
        } catch (RequestException e) {
            throw new ThreadStoreException("a thread was changed by something else than this server", e);
        }
    }

    private static long bytes(Collection<byte[]> messages) {
        return messages.stream().mapToLong(message -> message.length).sum();
    }
}
