package dev.guardrails4j.rails.detectors.text;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Searches for many terms in one pass, however many there are: Aho and Corasick's automaton. Immutable; safe for use by many
 * threads.
 */
public final class TermSearch {

    private final AhoCorasickDoubleArrayTrie<String> automaton = new AhoCorasickDoubleArrayTrie<>();
    private final boolean caseSensitive;
    private final boolean wholeWords;
    private final boolean isEmpty;

    /**
     * Builds the automaton.
     *
     * @param terms none of them empty
     * @param wholeWords whether a term counts only where no letter or digit stands beside it that would continue a word
     */
    public TermSearch(Collection<String> terms, boolean caseSensitive, boolean wholeWords) {
        this.caseSensitive = caseSensitive;
        this.wholeWords = wholeWords;
        this.isEmpty = terms.isEmpty();
        UnaryOperator<String> fold = caseSensitive ? UnaryOperator.identity() : TermSearch::lowerCase;
        Map<String, String> folded = new TreeMap<>();
        terms.forEach(term -> folded.putIfAbsent(fold.apply(term), term));
        if (!isEmpty) {
            automaton.build(folded);
        }
    }

    /** Told of a term that was found. */
    @FunctionalInterface
    public interface Hit {

        /**
         * Takes one.
         *
         * @param term as it was given
         * @param end exclusive, in UTF-16 units
         * @return whether to go on
         */
        boolean found(String term, int start, int end);
    }

    /** Tells of every place where a term stands, in the order of their ends. */
    public void search(String text, Hit hit) {
        if (isEmpty) {
            return;
        }
        String folded = caseSensitive ? text : lowerCase(text);
        automaton.parseText(folded, (AhoCorasickDoubleArrayTrie.IHitCancellable<String>)
                (start, end, term) -> (wholeWords && !isWhole(text, start, end)) || hit.found(term, start, end));
    }

    /** Of the same length, other than {@link String#toLowerCase}'s, so that positions stay. */
    private static String lowerCase(String text) {
        char[] lower = text.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = Character.toLowerCase(lower[i]);
        }
        return new String(lower);
    }

    private static boolean isWhole(String text, int start, int end) {
        return (start == 0 || !continues(text.charAt(start - 1), text.charAt(start)))
                && (end == text.length() || !continues(text.charAt(end - 1), text.charAt(end)));
    }

    /** Languages that write no blanks have no words to be whole. */
    private static boolean continues(char left, char right) {
        return isWordCharacter(left) && isWordCharacter(right);
    }

    private static boolean isWordCharacter(char c) {
        return (Character.isLetterOrDigit(c) || c == '_') && !writtenWithoutBlanks(c);
    }

    private static boolean writtenWithoutBlanks(char c) {
        return c >= 0x0e00
                && switch (Character.UnicodeScript.of(c)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }
}
