package dev.guardrails4j.engine;

/** The time that the whole request was given has passed before there was an answer. What was running has been aborted. */
public final class RequestTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RequestTimeoutException(Exception cause) {
        super("The request was not done in the time it was given", cause);
    }
}
