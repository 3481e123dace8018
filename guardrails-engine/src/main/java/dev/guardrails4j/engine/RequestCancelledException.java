package dev.guardrails4j.engine;

/** Nobody waits for the answer any more: the thread of the request was interrupted, or its stream closed. What was running has been aborted. */
public final class RequestCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RequestCancelledException(Exception cause) {
        super("The request was cancelled", cause);
    }
}
