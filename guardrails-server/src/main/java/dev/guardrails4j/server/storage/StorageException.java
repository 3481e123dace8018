package dev.guardrails4j.server.storage;

/** A store cannot be used now. The message is for the operator; it holds nothing that is stored. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 20;

    /** @param message what cannot be done, and why */
    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the store, the disk or the network said. Many requests meet the same fault: a line of the log for each is enough. */
    public final String rootCause() {
        Throwable root = this;
        for (int i = 0; root.getCause() != null && i < MAX_CAUSES; i++) {
            root = root.getCause();
        }
        return root.toString();
    }
}
