package dev.guardrails4j.rails.detectors.yara;

import dev.guardrails4j.rails.detectors.yara.YaraMatch.Region;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** What is found in one text, looked for when it is asked for. For one thread. */
final class Findings {

    private final List<YaraString> strings;
    private final String bytes;
    private final Predicate<Integer> possible;
    private final BitSet known = new BitSet();
    private final BitSet found = new BitSet();
    private final BitSet rules = new BitSet();

    /** @param possible whether what a string needs is there */
    Findings(List<YaraString> strings, String bytes, Predicate<Integer> possible) {
        this.strings = strings;
        this.bytes = bytes;
        this.possible = possible;
    }

    boolean isFound(int string) {
        if (!known.get(string)) {
            known.set(string);
            found.set(string, possible.test(string) && strings.get(string).isIn(bytes));
        }
        return found.get(string);
    }

    List<Region> regions(int string) {
        return isFound(string) ? strings.get(string).regions(bytes) : List.of();
    }

    boolean ruleMatches(int rule) {
        return rules.get(rule);
    }

    void matched(int rule) {
        rules.set(rule);
    }
}
