package dev.guardrails4j.engine;

/** Nobody waits for the answer any more: the thread of the request was interrupted. What was running has been aborted. */
public final class RequestCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RequestCancelledException(InterruptedException cause) {
        super("The request was cancelled", cause);
    }
}
