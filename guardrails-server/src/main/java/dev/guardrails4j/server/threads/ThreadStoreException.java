package dev.guardrails4j.server.threads;

import dev.guardrails4j.server.storage.StorageException;

/** Threads cannot be kept or read now. The message is for the operator; it holds nothing that was said. */
public final class ThreadStoreException extends StorageException {

    private static final long serialVersionUID = 1L;

    public ThreadStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
