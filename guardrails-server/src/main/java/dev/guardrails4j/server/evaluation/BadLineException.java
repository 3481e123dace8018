package dev.guardrails4j.server.evaluation;

/** A line cannot be used; the message says why, without the place. */
final class BadLineException extends Exception {

    private static final long serialVersionUID = 1L;

    BadLineException(String message) {
        super(message);
    }
}
