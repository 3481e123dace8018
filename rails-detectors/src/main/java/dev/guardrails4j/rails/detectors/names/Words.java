package dev.guardrails4j.rails.detectors.names;

import java.util.Arrays;

/** A text cut into words, punctuation marks and line breaks, with what the model looks at of each. */
public final class Words {

    /** What stands before the first word and after the last. */
    private static final int NOTHING = 0x5bd1e995;

    private static final int AFFIX = 3;

    private int count;
    private int[] starts;
    private int[] ends;
    private int[] lower;
    private int[] shapes;
    private int[] prefixes;
    private int[] suffixes;

    private Words(int capacity) {
        starts = new int[capacity];
        ends = new int[capacity];
        lower = new int[capacity];
        shapes = new int[capacity];
        prefixes = new int[capacity];
        suffixes = new int[capacity];
    }

    /** Cuts a text; takes time linear in its length. */
    public static Words of(String text) {
        Words words = new Words(Math.max(8, text.length() / 4));
        int position = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                int end = position + 1;
                while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
                words.add(text, position, position + 1);
                position = end;
            } else if (Character.isWhitespace(c)) {
                position++;
            } else {
                int end = isInWord(c) ? endOfWord(text, position) : position + 1;
                words.add(text, position, end);
                position = end;
            }
        }
        return words;
    }

    private static int endOfWord(String text, int start) {
        int end = start + 1;
        while (end < text.length() && isInWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isInWord(char c) {
        return Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private void add(String text, int start, int end) {
        if (count == starts.length) {
            int capacity = 2 * count;
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            lower = Arrays.copyOf(lower, capacity);
            shapes = Arrays.copyOf(shapes, capacity);
            prefixes = Arrays.copyOf(prefixes, capacity);
            suffixes = Arrays.copyOf(suffixes, capacity);
        }
        starts[count] = start;
        ends[count] = end;
        lower[count] = hash(text, start, end);
        prefixes[count] = hash(text, start, Math.min(end, start + AFFIX));
        suffixes[count] = hash(text, Math.max(start, end - AFFIX), end);
        shapes[count] = shape(text, start, end);
        count++;
    }

    private static int hash(String text, int start, int end) {
        int hash = 17;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + Character.toLowerCase(text.charAt(i));
        }
        return hash;
    }

    /** Capital letters, small ones, digits, others: each run counts as one or as several. */
    private static int shape(String text, int start, int end) {
        int shape = 7;
        int last = -1;
        int run = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int kind = Character.isUpperCase(c) ? 1 : Character.isLetter(c) ? 2 : Character.isDigit(c) ? 3 : 4 + c;
            run = kind == last ? run + 1 : 1;
            last = kind;
            if (run <= 2 || (kind == 3 && run <= 6)) {
                shape = 31 * shape + kind;
            }
        }
        return shape;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Where one begins, in UTF-16 units. */
    public int start(int index) {
        return starts[index];
    }

    /** Where one ends, exclusive. */
    public int end(int index) {
        return ends[index];
    }

    int lower(int index) {
        return index < 0 || index >= count ? NOTHING : lower[index];
    }

    int shape(int index) {
        return index < 0 || index >= count ? NOTHING : shapes[index];
    }

    int prefix(int index) {
        return prefixes[index];
    }

    int suffix(int index) {
        return suffixes[index];
    }
}
