package dev.guardrails4j.server.evaluation;

/** An evaluation cannot go on. The message is for whoever started it: what is wrong, and what to do about it. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EvaluationException(String message) {
        super(message);
    }
}
