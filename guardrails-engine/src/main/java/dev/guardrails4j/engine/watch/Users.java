package dev.guardrails4j.engine.watch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who uses something, and closes it when the last one has left. Its maker is the first user. Safe for use by many
 * threads.
 */
public final class Users {

    private final AtomicInteger count = new AtomicInteger(1);
    private final Runnable close;

    /** @param close run once, by the thread of the last user to leave */
    public Users(Runnable close) {
        this.close = close;
    }

    /** Adds a user, who must {@link #leave} later; does nothing and says false if the last one has left. */
    public boolean enter() {
        return count.getAndUpdate(users -> users == 0 ? 0 : users + 1) > 0;
    }

    /** Takes a user away. */
    public void leave() {
        if (count.decrementAndGet() == 0) {
            close.run();
        }
    }
}
