package dev.guardrails4j.rails.detectors.bloat;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What padding looks like in numbers. Contract "config and rails" 4.8. Characters are code points. */
final class BloatMeasures {

    /** A longer text is measured at its head, its middle and its tail. */
    private static final int LONGEST_MEASURED = 10_000;

    private static final int SAMPLE = 8_000 / 3;

    private static final int ASCII = 0x80;

    private BloatMeasures() {}

    /** Shannon's entropy, in bits a character. */
    static double entropy(int[] characters) {
        int[] sample = sample(characters);
        int[] ascii = new int[ASCII];
        int[] others = new int[sample.length];
        int count = 0;
        for (int character : sample) {
            if (character < ASCII) {
                ascii[character]++;
            } else {
                others[count++] = character;
            }
        }
        double bits = 0;
        for (int same : ascii) {
            bits += bits(same, sample.length);
        }
        Arrays.sort(others, 0, count);
        for (int start = 0; start < count; ) {
            int end = start + 1;
            while (end < count && others[end] == others[start]) {
                end++;
            }
            bits += bits(end - start, sample.length);
            start = end;
        }
        return bits;
    }

    private static double bits(int same, int all) {
        double share = (double) same / all;
        return same == 0 ? 0 : -share * Math.log(share) / Math.log(2);
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
        int[] words = words(text);
        int groups = words.length - size + 1;
        if (groups <= 0) {
            return 0;
        }
        Set<IntBuffer> different = new HashSet<>();
        for (int i = 0; i < groups; i++) {
            different.add(IntBuffer.wrap(words, i, size));
        }
        return (double) (groups - different.size()) / groups;
    }

    /** The words of a text, each as a number that is the same for the same word. */
    private static int[] words(String text) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] words = new int[text.length() / 2 + 1];
        int count = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || Character.isWhitespace(text.charAt(i))) {
                if (i > start) {
                    Integer known = numbers.putIfAbsent(text.substring(start, i), count);
                    words[count] = known == null ? count : known;
                    count++;
                }
                start = i + 1;
            }
        }
        return Arrays.copyOf(words, count);
    }
}
