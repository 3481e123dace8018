package dev.guardrails4j.rails.detectors.text;

import java.util.Objects;

/**
 * Something that a detector has found in a text.
 *
 * @param type what it is: {@code "EMAIL_ADDRESS"}
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, exclusive; after {@code start}
 * @param score how sure that is, from 0 to 1
 */
public record Finding(String type, int start, int end, double score) {

    public Finding {
        Objects.requireNonNull(type, "type is null");
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("not a part of a text: from " + start + " to " + end);
        }
    }

    /** How long it is, in UTF-16 units. */
    public int length() {
        return end - start;
    }
}
