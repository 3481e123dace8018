package dev.guardrails4j.rails.detectors.pattern;

/** A pattern cannot be searched for. The message says why and what would do instead, without the place. */
public final class UnusablePatternException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusablePatternException(String message) {
        super(message);
    }
}
