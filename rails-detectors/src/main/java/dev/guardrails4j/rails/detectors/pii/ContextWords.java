package dev.guardrails4j.rails.detectors.pii;

import java.util.List;
import java.util.Locale;

/** Words that make it likelier that a number close by is what it looks like. */
final class ContextWords {

    static final int CHARACTERS_BEFORE = 60;
    static final int CHARACTERS_AFTER = 30;

    private final List<String> words;

    private ContextWords(List<String> words) {
        this.words = words;
    }

    static ContextWords of(String... words) {
        return of(List.of(words));
    }

    static ContextWords of(List<String> words) {
        return new ContextWords(
                words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList());
    }

    /** Whether one of the words begins somewhere shortly before or after a part of a text, in letters of any case. */
    boolean surround(String text, int start, int end) {
        return isIn(text, Math.max(0, start - CHARACTERS_BEFORE), start)
                || isIn(text, end, Math.min(text.length(), end + CHARACTERS_AFTER));
    }

    private boolean isIn(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if ((i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1))) && isAt(text, i, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(String text, int start, int to) {
        char first = Character.toLowerCase(text.charAt(start));
        for (String word : words) {
            if (word.charAt(0) == first
                    && start + word.length() <= to
                    && text.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
