package dev.guardrails4j.engine.model;

import java.io.IOException;

/** An endpoint answered, and no second try will make the answer readable. The message says why, without the answer. */
final class UnreadableAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message) {
        super(message);
    }

    static UnreadableAnswerException longerThan(long maxBytes) {
        return new UnreadableAnswerException("it is longer than " + maxBytes + " bytes");
    }
}
