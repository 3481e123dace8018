package dev.guardrails4j.rails.detectors.bloat;

import java.util.HashMap;
import java.util.Map;

/** What padding looks like in numbers. Contract "config and rails" 4.8. Characters are code points. */
final class BloatMeasures {

    /** A longer text is measured at its head, its middle and its tail. */
    private static final int LONGEST_MEASURED = 10_000;

    private static final int SAMPLE = 8_000 / 3;

    private BloatMeasures() {}

    /** Shannon's entropy, in bits a character. */
    static double entropy(int[] characters) {
        int[] sample = sample(characters);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int character : sample) {
            counts.merge(character, 1, Integer::sum);
        }
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / sample.length;
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }

    private static int[] sample(int[] characters) {
        if (characters.length <= LONGEST_MEASURED) {
            return characters;
        }
        int[] sample = new int[3 * SAMPLE];
        System.arraycopy(characters, 0, sample, 0, SAMPLE);
        System.arraycopy(characters, (characters.length - SAMPLE) / 2, sample, SAMPLE, SAMPLE);
        System.arraycopy(characters, characters.length - SAMPLE, sample, 2 * SAMPLE, SAMPLE);
        return sample;
    }

    /** The longest run of one character, as a share of the text. */
    static double runRatio(int[] characters) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < characters.length; i++) {
            run = i > 0 && characters[i] == characters[i - 1] ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return characters.length == 0 ? 0 : (double) longest / characters.length;
    }

    /** The share of groups of words that have stood in the text before. */
    static double repetitionRatio(String text, int size) {
        String[] words = text.strip().split("\\s+", -1);
        int groups = words.length - size + 1;
        if (groups <= 0) {
            return 0;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < groups; i++) {
            StringBuilder group = new StringBuilder();
            for (int j = i; j < i + size; j++) {
                group.append(words[j]).append(' ');
            }
            counts.merge(group.toString(), 1, Integer::sum);
        }
        int repeated = counts.values().stream().mapToInt(count -> count - 1).sum();
        return (double) repeated / groups;
    }
}
