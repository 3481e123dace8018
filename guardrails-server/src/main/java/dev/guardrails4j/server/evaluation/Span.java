package dev.guardrails4j.server.evaluation;

/**
 * A part of a text that is something, or was found to be.
 *
 * @param type what: {@code "EMAIL_ADDRESS"}
 * @param start its first character, counted from 0 in UTF-16 units as Java does
 * @param end the character after its last; greater than {@code start}
 */
public record Span(String type, int start, int end) {

    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a span from %d to %d".formatted(start, end));
        }
    }

    /** How much of both together both cover, from 0 to 1. */
    double overlap(Span other) {
        int shared = Math.min(end, other.end) - Math.max(start, other.start);
        return shared <= 0 ? 0 : (double) shared / (Math.max(end, other.end) - Math.min(start, other.start));
    }
}
