package dev.guardrails4j.rails.detectors.pattern;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Characters by kinds: those that no set tells apart are of one. Immutable; safe for use by many threads.
 */
final class SymbolKinds {

    /** These two are the same as {@code s} and {@code k} where case does not matter. */
    private static final char LONG_S = '\u017f';

    private static final char KELVIN = '\u212a';

    private final int[] kinds = new int[PatternReader.SYMBOLS];
    private final Map<Integer, Integer> examples = new HashMap<>();

    /** @param sets as {@link PatternShape.OneOf} has them */
    SymbolKinds(List<BitSet> sets) {
        Map<BitSet, Integer> numbers = new HashMap<>();
        for (int symbol = 0; symbol < kinds.length; symbol++) {
            int folded = symbol >= 'A' && symbol <= 'Z' ? symbol + ('a' - 'A') : symbol;
            BitSet memberOf = new BitSet(sets.size());
            for (int set = 0; set < sets.size(); set++) {
                memberOf.set(set, sets.get(set).get(folded));
            }
            int kind = numbers.computeIfAbsent(memberOf, key -> numbers.size());
            kinds[symbol] = kind;
            examples.put(kind, folded);
        }
    }

    int count() {
        return examples.size();
    }

    int of(char c) {
        if (c < PatternReader.OTHER) {
            return kinds[c];
        }
        return switch (c) {
            case LONG_S -> kinds['s'];
            case KELVIN -> kinds['k'];
            default -> kinds[PatternReader.OTHER];
        };
    }

    /** A symbol of a kind. */
    int example(int kind) {
        return examples.getOrDefault(kind, PatternReader.OTHER);
    }
}
