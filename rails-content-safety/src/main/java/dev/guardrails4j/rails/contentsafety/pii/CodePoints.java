package dev.guardrails4j.rails.contentsafety.pii;

/** A text by its code points, as Python counts: found at once, however many are asked for. */
final class CodePoints {

    private final String text;
    private final int[] starts;

    CodePoints(String text) {
        this.text = text;
        this.starts = new int[text.codePointCount(0, text.length()) + 1];
        int index = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = index;
            index = index < text.length() ? index + Character.charCount(text.codePointAt(index)) : index;
        }
    }

    int count() {
        return starts.length - 1;
    }

    /** Where in the string a code point begins; the string's end for {@link #count()}. */
    int index(int codePoint) {
        return starts[codePoint];
    }

    String between(int start, int end) {
        return text.substring(index(start), index(end));
    }
}
