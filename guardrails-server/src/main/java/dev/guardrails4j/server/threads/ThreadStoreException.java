package dev.guardrails4j.server.threads;

/** Threads cannot be kept or read now. The message is for the operator; it holds nothing that was said. */
public final class ThreadStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ThreadStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
