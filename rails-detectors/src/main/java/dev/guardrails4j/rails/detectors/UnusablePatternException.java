package dev.guardrails4j.rails.detectors;

/** A pattern cannot be searched for. The message says why and what would do instead, without the place. */
final class UnusablePatternException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusablePatternException(String message) {
        super(message);
    }
}
