package dev.guardrails4j.rails.detectors.pattern;

/** A search for a pattern was not done in time, so that nobody knows whether the text has it. Holds nothing of the text. */
public final class PatternTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PatternTimeoutException(String message) {
        super(message);
    }
}
