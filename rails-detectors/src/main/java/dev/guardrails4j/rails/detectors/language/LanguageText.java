package dev.guardrails4j.rails.detectors.language;

import java.util.Arrays;

/**
 * What of a text tells its language, nearly as OpenNLP trained its model: small letters and single blanks; no digits, no
 * pictures, no addresses, no names after {@code @} or {@code #}; no character more than twice in a row. For one thread.
 */
final class LanguageText {

    private final String text;
    private final char[] plain;
    private int length;

    private LanguageText(String text) {
        this.text = text;
        this.plain = new char[text.length()];
    }

    /** The characters that count. */
    static char[] of(String text) {
        LanguageText reader = new LanguageText(text);
        reader.read();
        return Arrays.copyOf(reader.plain, reader.length);
    }

    private void read() {
        int position = 0;
        while (position < text.length()) {
            int end = position;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            if (!isAddress(position, end)) {
                readWord(position, end);
            }
            append(' ');
            position = end + 1;
        }
    }

    private boolean isAddress(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '@' || (c == '#' && i == start) || (c == ':' && text.startsWith("://", i))) {
                return true;
            }
        }
        return false;
    }

    private void readWord(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = !Character.isSurrogate(c) && (c < '0' || c > '9');
            append(letter ? Character.toLowerCase(c) : ' ');
        }
    }

    private void append(char c) {
        int most = c == ' ' ? 1 : 2;
        int same = 0;
        while (same < most && same < length && plain[length - 1 - same] == c) {
            same++;
        }
        if (same < most && length < plain.length) {
            plain[length++] = c;
        }
    }
}
