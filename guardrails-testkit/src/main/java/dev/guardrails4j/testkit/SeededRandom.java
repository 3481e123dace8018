package dev.guardrails4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes texts and damages samples by chance, the same for the same seed on every JVM. Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class SeededRandom {

    /** What code that reads text stumbles over: ends of ranges, halves of characters, what is seen as none or as two. */
    private static final List<String> AWKWARD = List.of(
            "\u0000",
            "\u0001",
            "\u001F",
            "\u007F",
            "\u0085",
            "\u00A0",
            "\u00AD",
            "\u0130",
            "\u0131",
            "\u00DF",
            "\u017F",
            "\u0301",
            "\u200B",
            "\u200D",
            "\u2028",
            "\u2029",
            "\u202E",
            "\uFEFF",
            "\uFFFD",
            "\uFFFF",
            "\uD83D",
            "\uDE00",
            "\uDBFF\uDFFF",
            "\uD83D\uDE00",
            "\uD83D\uDC69\u200D\uD83D\uDC67",
            "\u4F60",
            "\u0645",
            "\u05E9",
            "\uFF10",
            "\uFF41",
            "\u0430",
            "\uD835\uDFD8",
            "\r\n",
            "\n",
            "\r",
            "\t",
            " ",
            "\"",
            "'",
            "\\",
            "`",
            "$",
            "%",
            "<",
            ">",
            "&",
            "{{",
            "}}",
            "{%",
            "%}",
            "${",
            "../",
            "://",
            "--",
            "/*",
            ";",
            "e\u0301",
            "I\u0307");

    private static final String ASCII = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 .,:;-_@/#()[]{}=+*?!|^~";

    private final SplittableRandom random;

    /** @param seed any */
    public SeededRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * A number from 0.
     *
     * @param bound what it is below; at least 1
     */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /**
     * A number from the least to the most, both among them.
     *
     * @param most not below the least
     */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /**
     * True once in so many times.
     *
     * @param times at least 1
     */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** One of these, of which there is at least one. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /**
     * A text of any characters, awkward ones and halves of surrogate pairs among them.
     *
     * @param most how many characters it has at most, give or take a few; at least 0
     */
    public String text(int most) {
        int length = random.nextInt(most + 1);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(character());
        }
        return text.toString();
    }

    private String character() {
        int kind = random.nextInt(100);
        if (kind < 70) {
            return String.valueOf(ASCII.charAt(random.nextInt(ASCII.length())));
        }
        if (kind < 95) {
            return oneOf(AWKWARD);
        }
        return Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
    }

    /**
     * A text that is made of words, with blanks and now and then something awkward between them.
     *
     * @param words to choose from, at least one
     * @param most how many of them there are at most; at least 0
     */
    public String textOf(List<String> words, int most) {
        int count = random.nextInt(most + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(oneOf(words));
            if (!oneIn(3)) {
                text.append(oneIn(8) ? character() : " ");
            }
        }
        return text.toString();
    }

    /**
     * A sample with one to four wounds: a part of it is gone, doubled, moved, or makes room for something else.
     *
     * @param tokens what means something in the sample's language, to be put in anywhere; may be empty
     */
    public String damaged(String sample, List<String> tokens) {
        String damaged = sample;
        int wounds = between(1, 4);
        for (int wound = 0; wound < wounds; wound++) {
            damaged = wounded(damaged, tokens);
        }
        return damaged;
    }

    private String wounded(String text, List<String> tokens) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + (oneIn(4) ? between(0, 40) : between(0, 5)));
        String before = text.substring(0, from);
        String part = text.substring(from, to);
        String after = text.substring(to);
        return switch (random.nextInt(10)) {
            case 0 -> before + after;
            case 1 -> before + part.repeat(between(2, oneIn(10) ? 300 : 4)) + after;
            case 2 -> before;
            case 3 -> before + character() + after;
            case 4 -> after + part + before;
            case 5 -> {
                int start = random.nextInt(text.length() + 1);
                yield before + text.substring(start, Math.min(text.length(), start + between(1, 60))) + after;
            }
            case 6 -> before + character().repeat(between(1, oneIn(10) ? 3000 : 20)) + after;
            default -> before + (tokens.isEmpty() ? character() : oneOf(tokens)) + after;
        };
    }

    /**
     * A text as it may arrive: cut into pieces anywhere, within surrogate pairs too. Some pieces are empty.
     *
     * @param longest how long a piece is at most; at least 1
     */
    public List<String> pieces(String text, int longest) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + random.nextInt(longest + 1));
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    /** A copy in which some bytes are others, or which ends early. */
    public byte[] damaged(byte[] sample) {
        byte[] damaged = oneIn(4) ? Arrays.copyOf(sample, random.nextInt(sample.length + 1)) : sample.clone();
        int wounds = damaged.length == 0 ? 0 : between(0, 4);
        for (int wound = 0; wound < wounds; wound++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }
}
