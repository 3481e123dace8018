package dev.guardrails4j.server.threads;

import dev.guardrails4j.server.storage.StorageRefusal;

/** A turn does not fit into its thread any more. The message names the limit and may be shown to the caller. */
public final class ThreadFullException extends StorageRefusal {

    private static final long serialVersionUID = 1L;

    ThreadFullException(String what, long limit) {
        super("This turn would make the thread longer than %d %s, its limit; begin a new thread or delete this one"
                .formatted(limit, what));
    }
}
