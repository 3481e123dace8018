package dev.guardrails4j.server.evaluation;

import java.util.List;

/**
 * A line of a data file.
 *
 * @param place where it stands: {@code "attacks.jsonl:17"}
 * @param text what the rails look at
 * @param label what the file says it is
 * @param positive whether rails should catch it
 * @param spans what of it should be found, if the file says so
 */
public record LabelledText(String place, String text, String label, boolean positive, List<Span> spans) {

    public LabelledText {
        spans = List.copyOf(spans);
    }

    /** The same, with nothing in it that should be found. */
    LabelledText withoutSpans() {
        return spans.isEmpty() ? this : new LabelledText(place, text, label, positive, List.of());
    }
}
