package dev.guardrails4j.rails.contentsafety.pii;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts {@code [LABEL]} in the place of what was found. */
final class Masked {

    private Masked() {}

    /** The text without any character that was found; of findings that overlap, the one that begins first names the mask. */
    static String text(String text, List<PersonalData> found) {
        List<PersonalData> inOrder = new ArrayList<>(found);
        inOrder.sort(Comparator.comparingInt(PersonalData::start)
                .thenComparing(Comparator.comparingInt(PersonalData::end).reversed()));
        StringBuilder masked = new StringBuilder();
        int position = 0;
        for (PersonalData data : inOrder) {
            if (data.start() >= position) {
                masked.append(text, position, data.start())
                        .append('[')
                        .append(data.label())
                        .append(']');
            }
            position = Math.max(position, data.end());
        }
        return masked.append(text, position, text.length()).toString();
    }
}
