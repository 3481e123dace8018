package dev.guardrails4j.engine.model;

/**
 * Puts characters together that a stream cuts in halves: a piece of text in JSON may end between two surrogates, and
 * neither half can be written as UTF-8.
 */
final class WholeCharacters {

    private static final char NONE = 0;
    private static final String REPLACEMENT = "\uFFFD";

    private char held = NONE;

    String next(String piece) {
        if (piece.isEmpty()) {
            return piece;
        }
        String text = held == NONE ? piece : held + piece;
        int last = text.length() - 1;
        held = Character.isHighSurrogate(text.charAt(last)) ? text.charAt(last) : NONE;
        return held == NONE ? text : text.substring(0, last);
    }

    /** What is left when the text has ended. */
    String end() {
        String rest = held == NONE ? "" : REPLACEMENT;
        held = NONE;
        return rest;
    }
}
