package dev.guardrails4j.server.storage;

/** A store is in order and does not do what it was asked for. The message may be shown to the caller. */
public abstract class StorageRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected StorageRefusal(String message) {
        super(message);
    }
}
