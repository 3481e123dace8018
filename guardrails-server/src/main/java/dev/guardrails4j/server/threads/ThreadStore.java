package dev.guardrails4j.server.threads;

import dev.guardrails4j.api.Message;
import java.util.List;
import java.util.Optional;

/**
 * Keeps threads: contract "chat server" 5, and DESIGN 5 for what is beyond it. A thread that had no turn for {@link
 * ThreadLimits#ttl} is gone. Every method throws {@link ThreadStoreException} if the store cannot be reached. Safe for use
 * by many threads.
 */
public interface ThreadStore extends AutoCloseable {

    /** What was said on a thread; empty if there is none. */
    Optional<StoredThread> read(ThreadKey key);

    /**
     * Adds the messages of one turn to the end of a thread, all or none, with nothing of another turn between them; begins
     * the thread if there is none. When this returns, the turn is as durable as the store makes it.
     *
     * @param turn at least one message
     * @throws ThreadFullException if the thread would become longer than its limits; nothing is added then
     */
    void append(ThreadKey key, List<Message> turn);

    /** Forgets a thread. Tells whether there was one. */
    boolean delete(ThreadKey key);

    /**
     * Lists threads in the order of their ids.
     *
     * @param after the id before the first one that is wanted; empty for the beginning
     * @param limit how many at most, at least 1
     */
    ThreadPage list(String scope, String after, int limit);

    /** How long and how much is kept. */
    ThreadLimits limits();

    @Override
    void close();
}
