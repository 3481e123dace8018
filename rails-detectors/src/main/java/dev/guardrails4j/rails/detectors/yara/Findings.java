package dev.guardrails4j.rails.detectors.yara;

import dev.guardrails4j.rails.detectors.yara.YaraMatch.Region;
import java.util.BitSet;
import java.util.List;

/** What is found in one text, looked for when it is asked for. For one thread. */
final class Findings {

    private final List<YaraString> strings;
    private final String bytes;
    private final BitSet candidates;
    private final BitSet known = new BitSet();
    private final BitSet found = new BitSet();
    private final BitSet rules = new BitSet();

    /** @param candidates the strings that may be there */
    Findings(List<YaraString> strings, String bytes, BitSet candidates) {
        this.strings = strings;
        this.bytes = bytes;
        this.candidates = candidates;
    }

    boolean isFound(int string) {
        if (!known.get(string)) {
            known.set(string);
            found.set(string, candidates.get(string) && strings.get(string).isIn(bytes));
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
