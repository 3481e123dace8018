package dev.guardrails4j.rails.contentsafety.pii;

import dev.guardrails4j.rails.contentsafety.judging.ServerAnswer;
import java.util.Locale;

/**
 * Something that a server found in a text.
 *
 * @param label what it is, in upper case
 * @param start where it begins in the text
 * @param end where it has ended
 */
record PersonalData(String label, int start, int end) {

    /**
     * Reads one of the two spellings that servers have. They count code points; what lies there must be what they found, or
     * something else would be masked.
     *
     * @throws dev.guardrails4j.api.JudgementException if it is not
     */
    static PersonalData of(ServerAnswer entity, CodePoints text) {
        boolean isShort = entity.find("label").isPresent();
        String label = entity.string(isShort ? "label" : "suggested_label").strip();
        String startKey = isShort ? "start" : "start_position";
        String endKey = isShort ? "end" : "end_position";
        int start = entity.integer(startKey);
        int end = entity.integer(endKey);
        if (label.isEmpty() || start < 0 || start >= end || end > text.count()) {
            throw entity.notUnderstood(endKey, "the end of something in the text");
        }
        if (!entity.string(isShort ? "text" : "value").equals(text.between(start, end))) {
            throw entity.notUnderstood(startKey, "where in the text it is");
        }
        return new PersonalData(label.toUpperCase(Locale.ROOT), text.index(start), text.index(end));
    }
}
