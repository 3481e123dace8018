package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.TermSearch;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words that make codes likelier that stand close by: one look around a place for all of the patterns that begin there.
 * Immutable; safe for use by many threads.
 */
final class CodeContext {

    private static final BitSet NONE = new BitSet();

    private final Map<String, BitSet> numbers = new TreeMap<>();
    private final TermSearch words;

    /** @param patterns that are told by their number in the list */
    CodeContext(List<CodePattern> patterns) {
        for (int number = 0; number < patterns.size(); number++) {
            for (String word : patterns.get(number).context()) {
                numbers.computeIfAbsent(word, key -> new BitSet()).set(number);
            }
        }
        words = new TermSearch(numbers.keySet(), false, false);
    }

    /** What stands around all codes that begin at a place. */
    Around around(String text, int start) {
        return new Around(text, start);
    }

    /** What stands around a place; looked at when first asked. For one thread. */
    final class Around {

        private static final int NOWHERE = -1;

        private final String text;
        private final int start;
        private final BitSet before = new BitSet();
        private final BitSet after = new BitSet();
        private int lookedAfter = NOWHERE;

        private Around(String text, int start) {
            this.text = text;
            this.start = start;
        }

        /** Whether a word of a pattern stands shortly before the place, or after an end. */
        boolean has(int number, int end) {
            if (lookedAfter == NOWHERE) {
                addWithin(text, Math.max(0, start - ContextWords.CHARACTERS_BEFORE), start, before);
            }
            if (lookedAfter != end) {
                after.clear();
                addWithin(text, end, Math.min(text.length(), end + ContextWords.CHARACTERS_AFTER), after);
                lookedAfter = end;
            }
            return before.get(number) || after.get(number);
        }
    }

    private void addWithin(String text, int from, int to, BitSet found) {
        words.search(text.substring(from, to), (word, start, end) -> {
            if (from + start == 0 || !Character.isLetterOrDigit(text.charAt(from + start - 1))) {
                found.or(numbers.getOrDefault(word, NONE));
            }
            return true;
        });
    }
}
