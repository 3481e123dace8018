package dev.guardrails4j.server.evaluation;

import java.util.Map;

/**
 * A text of the data as reports show it.
 *
 * @param place where it stands
 * @param label what it is
 * @param text its beginning
 * @param evidence what the rail said about it, shortened; empty if nothing
 */
public record Example(String place, String label, String text, String evidence) {

    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_EVIDENCE = 500;

    static Example of(LabelledText labelled, Map<String, Object> evidence) {
        return new Example(
                labelled.place(),
                labelled.label(),
                shortened(labelled.text(), LONGEST_TEXT),
                evidence.isEmpty() ? "" : shortened(evidence.toString(), LONGEST_EVIDENCE));
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
