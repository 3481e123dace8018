package dev.guardrails4j.rails.detectors.text;

import java.util.Arrays;

/**
 * A text as detectors read it: digits of every script and full-width letters are ASCII, every kind of blank is a blank, every
 * kind of hyphen a hyphen, and what cannot be seen is left out. So a number is found however it is written, while a position
 * still leads back to the text as it came. ASCII text is itself and costs nothing.
 */
public final class FoldedText {

    private static final int[] SAME = {};

    private final String folded;
    /** Where each character stood, and the length of the original; empty if all stand where they stood. */
    private final int[] origins;

    private FoldedText(String folded, int[] origins) {
        this.folded = folded;
        this.origins = origins;
    }

    /** Folds a text; takes time linear in its length. */
    public static FoldedText of(String text) {
        return Ascii.isAll(text) ? new FoldedText(text, SAME) : fold(text);
    }

    private static FoldedText fold(String text) {
        char[] folded = new char[text.length()];
        int[] origins = new int[text.length() + 1];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = fold(text.charAt(i));
            if (c != 0) {
                folded[length] = c;
                origins[length++] = i;
            }
        }
        if (length == text.length()) {
            return new FoldedText(new String(folded), SAME);
        }
        origins[length] = text.length();
        return new FoldedText(new String(folded, 0, length), Arrays.copyOf(origins, length + 1));
    }

    /** What takes a character's place; 0 if nothing does. */
    private static char fold(char c) {
        if (c < 0x80) {
            return c;
        }
        if (c >= 0xff01 && c <= 0xff5e) {
            return (char) (c - 0xfee0);
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER -> (char) ('0' + Character.digit(c, 10));
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            case Character.FORMAT -> 0;
            default -> c == 0x2212 ? '-' : c;
        };
    }

    /** The text to search. */
    public String text() {
        return folded;
    }

    /** The same finding where it stands in the text as it came. */
    public Finding original(Finding finding) {
        return origins.length == 0
                ? finding
                : new Finding(
                        finding.type(), origins[finding.start()], origins[finding.end() - 1] + 1, finding.score());
    }
}
