package dev.guardrails4j.server.configs.store;

import dev.guardrails4j.server.storage.StorageException;

/** Stored configurations cannot be read or written now. The message is for the operator. */
public final class ConfigStoreException extends StorageException {

    private static final long serialVersionUID = 1L;

    public ConfigStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
