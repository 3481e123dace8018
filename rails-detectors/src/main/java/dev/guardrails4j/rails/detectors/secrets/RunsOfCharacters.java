package dev.guardrails4j.rails.detectors.secrets;

import java.util.function.IntPredicate;

/**
 * Limits how often something is looked for within one run of characters of a text. Every look may read the run to its end:
 * without a limit, a run that repeats what a secret begins with would be read as often as it is long. For one text and one
 * thread.
 */
final class RunsOfCharacters {

    /** Nobody writes more beginnings of secrets before a secret without a blank between. */
    static final int MOST_LOOKS = 8;

    private final String text;
    private final IntPredicate inRun;
    private int end;
    private int looks;

    RunsOfCharacters(String text, IntPredicate inRun) {
        this.text = text;
        this.inRun = inRun;
    }

    /** Whether to look at a place, which is not before the last one. Counts it. */
    boolean mayLook(int place) {
        if (place >= end) {
            looks = 0;
            end = place + 1;
            while (end < text.length() && inRun.test(text.charAt(end))) {
                end++;
            }
        }
        return ++looks <= MOST_LOOKS;
    }
}
