package dev.guardrails4j.rails.detectors.promptinjection;

import dev.guardrails4j.rails.detectors.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * A text as a reader would take it: lower case, compatibility forms and look-alike letters as Latin ones, what cannot be seen
 * taken out, blanks and line breaks as single blanks.
 *
 * @param text the plain text
 * @param hidden how many characters were taken out that nobody can see: of no width, or that turn or tag the text
 */
public record PlainText(String text, int hidden) {

    /** Letters of other alphabets that look like Latin ones. */
    private static final Map<Character, Character> LOOK_ALIKES = lookAlikes(
            "\u0430a\u0435e\u043eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0458j\u0455s\u0501d\u04bbh\u051bq\u051dw\u0432b\u043ah\u043cm\u043dh\u0442t\u0433r"
                    + "\u03b1a\u03b5e\u03b9i\u03bak\u03bdv\u03bfo\u03c1p\u03c4t\u03c5u\u03c7x\u03b3y\u03b7n\u03c9w\u03c3o\u03b2b"
                    + "\u0131i\u0251a\u0261g\u026ai\u029cl\u1d00a\u1d04c\u1d05d\u1d07e\u1d0aj\u1d0bk\u1d0dm\u1d0fo\u1d18p\u1d1bt\u1d1cu\u1d20v\u1d21w\u1d22z\u0280r\u0299b\u0274n\u029fl\u0262g\ua730f\ua731s\u028fy");

    private static final int NOT_A_CHARACTER = 0xE0000;

    /** The plain form of a text. */
    public static PlainText of(String text) {
        return Ascii.isAll(text) ? ofAscii(text) : ofAny(text);
    }

    private static PlainText ofAscii(String text) {
        byte[] plain = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c <= ' ' || c == 0x7f;
            if (!blank) {
                plain[length++] = (byte) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c == '`' ? '\'' : c);
            } else if (length > 0 && plain[length - 1] != ' ') {
                plain[length++] = ' ';
            }
        }
        return new PlainText(new String(plain, 0, length, StandardCharsets.US_ASCII), 0);
    }

    private static PlainText ofAny(String text) {
        int hidden = 0;
        StringBuilder seen = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= 0xE0020 && c <= 0xE007E) {
                // A tag character: invisible, and read by models as the letter it stands for.
                hidden++;
                seen.append((char) (c - NOT_A_CHARACTER));
            } else if (isHidden(c)) {
                hidden++;
            } else {
                seen.appendCodePoint(c);
            }
        }
        String compatible = Normalizer.normalize(seen, Normalizer.Form.NFKD);
        StringBuilder plain = new StringBuilder(compatible.length());
        boolean mixed = hasLatin(compatible);
        for (int i = 0; i < compatible.length(); i++) {
            char c = compatible.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                char lower = Character.toLowerCase(c);
                append(mixed ? LOOK_ALIKES.getOrDefault(lower, lower) : lower, plain);
            }
        }
        return new PlainText(plain.toString(), hidden);
    }

    private static boolean isHidden(int c) {
        // Joiners belong to scripts and to pictures of several characters; alone they prove nothing.
        return Character.getType(c) == Character.FORMAT
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0000 && c <= 0xE0FFF)
                || c == 0x034F
                || c == 0x115F
                || c == 0x3164;
    }

    /** In a text of another alphabet, its letters are no look-alikes. */
    private static boolean hasLatin(String text) {
        int latin = 0;
        int other = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 ? Character.isLetter(c) : c >= 0x1d00 && c < 0x1d80) {
                latin++;
            } else if (c >= 0x0370 && c < 0x0530) {
                other++;
            }
        }
        return latin >= other;
    }

    private static void append(char c, StringBuilder plain) {
        if (c >= 'A' && c <= 'Z') {
            plain.append((char) (c + ('a' - 'A')));
        } else if (c <= ' ' || c == 0x7f || c == 0xa0 || Character.isWhitespace(c)) {
            if (plain.length() > 0 && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        } else if (c == 0x2019 || c == 0x2018 || c == '`') {
            plain.append('\'');
        } else {
            plain.append(c);
        }
    }

    private static Map<Character, Character> lookAlikes(String pairs) {
        Map<Character, Character> map = new HashMap<>();
        for (int i = 0; i < pairs.length(); i += 2) {
            map.put(pairs.charAt(i), pairs.charAt(i + 1));
        }
        return Map.copyOf(map);
    }
}
