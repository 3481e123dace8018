package dev.guardrails4j.rails.detectors.promptinjection;

import java.util.Arrays;

/**
 * The words and pairs of neighbouring words of a plain text, each as a number below {@link #SIZE}: the hashing trick. What a
 * word or pair is called does not matter, only that it is always called the same. For one thread.
 */
public final class WordFeatures {

    /** How many numbers there are. */
    public static final int SIZE = 1 << 15;

    /** Longer words count by their first letters as well, so that "instruction" and "instructions" are kin. */
    private static final int STEM = 5;

    private int[] numbers = new int[1_024];
    private int count;

    private WordFeatures() {}

    /** The numbers of a part of a plain text, each once, in rising order. */
    public static int[] of(String plain, int from, int to) {
        WordFeatures features = new WordFeatures();
        features.read(plain, from, to);
        return features.distinct();
    }

    private void read(String plain, int from, int to) {
        int before = 0;
        int hash = 0;
        int length = 0;
        int stem = 0;
        for (int i = from; i <= to; i++) {
            char c = i < to ? plain.charAt(i) : ' ';
            if (isWordPart(c)) {
                hash = hash * 31 + (c >= '0' && c <= '9' ? '0' : c) + 7;
                if (++length == STEM) {
                    stem = hash;
                }
            } else if (hash != 0) {
                add(mixed(hash));
                add(mixed(before * 0x9E3779B1 + hash));
                if (length > STEM) {
                    add(mixed(stem ^ 0x5bd1e995));
                }
                before = hash;
                hash = 0;
                length = 0;
            }
        }
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0x80 && Character.isLetter(c));
    }

    private static int mixed(int hash) {
        int mixed = hash * 0x85EBCA6B;
        mixed ^= mixed >>> 15;
        mixed *= 0xC2B2AE35;
        return mixed ^ (mixed >>> 13);
    }

    private void add(int hash) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count++] = hash & (SIZE - 1);
    }

    private int[] distinct() {
        Arrays.sort(numbers, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || numbers[kept - 1] != numbers[i]) {
                numbers[kept++] = numbers[i];
            }
        }
        return Arrays.copyOf(numbers, kept);
    }
}
