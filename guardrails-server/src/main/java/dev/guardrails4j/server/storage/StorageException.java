package dev.guardrails4j.server.storage;

/** A store cannot be used now. The message is for the operator; it holds nothing that is stored. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what cannot be done, and why */
    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
