package dev.guardrails4j.server.startup;

/** No start-up cache was made. The message says why, in words for the operator. */
public final class TrainingException extends Exception {

    private static final long serialVersionUID = 1L;

    TrainingException(String message) {
        super(message);
    }
}
