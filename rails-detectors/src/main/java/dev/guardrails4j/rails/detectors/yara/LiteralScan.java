package dev.guardrails4j.rails.detectors.yara;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Looks for many ASCII texts in one pass, whatever their case. Immutable; safe for use by many threads. */
final class LiteralScan {

    private final AhoCorasickDoubleArrayTrie<BitSet> automaton = new AhoCorasickDoubleArrayTrie<>();
    private final boolean isEmpty;

    /** @param literals for each number the lower-case ASCII texts that stand for it */
    LiteralScan(List<Set<String>> literals) {
        TreeMap<String, BitSet> numbers = new TreeMap<>();
        for (int number = 0; number < literals.size(); number++) {
            for (String literal : literals.get(number)) {
                numbers.computeIfAbsent(literal, key -> new BitSet()).set(number);
            }
        }
        isEmpty = numbers.isEmpty();
        if (!isEmpty) {
            automaton.build(numbers);
        }
    }

    /** The numbers whose texts are there. */
    BitSet in(String text) {
        BitSet seen = new BitSet();
        if (!isEmpty) {
            automaton.parseText(lowerCase(text), (AhoCorasickDoubleArrayTrie.IHit<BitSet>)
                    (start, end, numbers) -> seen.or(numbers));
        }
        return seen;
    }

    private static char[] lowerCase(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] >= 'A' && letters[i] <= 'Z') {
                letters[i] = (char) (letters[i] + ('a' - 'A'));
            }
        }
        return letters;
    }
}
