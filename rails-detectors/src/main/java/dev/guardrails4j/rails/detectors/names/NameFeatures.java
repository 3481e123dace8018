package dev.guardrails4j.rails.detectors.names;

/**
 * What the model knows of a word: itself, its beginning and end, its shape, its neighbours, and what the words before it were
 * taken for. Each feature is a slot of the model's table, by its hash. For one thread.
 */
public final class NameFeatures {

    /** How many slots the table has: a power of two. */
    public static final int SLOTS = 1 << 18;

    /** How many features a word has. */
    public static final int COUNT = 22;

    private final Words words;
    private final int[] slots = new int[COUNT];
    private int filled;

    /** The features of a text's words. */
    public NameFeatures(Words words) {
        this.words = words;
    }

    /**
     * The slots of a word's features; the array is used again for the next word.
     *
     * @param before what the word before was taken for, as an ordinal
     * @param secondBefore what the word before that was taken for
     */
    public int[] of(int index, int before, int secondBefore) {
        int word = words.lower(index);
        int shape = words.shape(index);
        int left = words.lower(index - 1);
        int right = words.lower(index + 1);
        filled = 0;
        add(word, 0);
        add(words.prefix(index), 0);
        add(words.suffix(index), 0);
        add(shape, 0);
        add(left, 0);
        add(right, 0);
        add(words.lower(index - 2), 0);
        add(words.lower(index + 2), 0);
        add(left, word);
        add(word, right);
        add(left, shape);
        add(shape, right);
        add(left, right);
        add(words.shape(index - 1), shape);
        add(shape, words.shape(index + 1));
        add(words.shape(index - 1), shape * 31 + words.shape(index + 1));
        add(words.lower(index - 2), left);
        add(before, 1);
        add(before, word);
        add(before, shape);
        add(before * 4 + secondBefore, 2);
        add(before, left);
        return slots;
    }

    private void add(int value, int other) {
        int hash = (filled + 1) * 0x9e3779b1 ^ value * 0x85ebca6b;
        hash = (hash ^ (hash >>> 15)) * 0x2c1b3c6d + other * 0xc2b2ae35;
        hash = (hash ^ (hash >>> 13)) * 0x297a2d39;
        slots[filled++] = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
