package dev.guardrails4j.rails.detectors.promptinjection;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a text hides by encoding it: base64, hexadecimal, percent and backslash escapes, letters set apart, digits in the
 * place of letters, letters shifted by thirteen. Reads a bounded number of bounded pieces.
 */
final class HiddenTexts {

    private static final int MOST = 8;
    private static final int LONGEST = 8_192;
    private static final int SHORTEST_CODE = 20;
    private static final int FEWEST_APART = 8;
    private static final int FEWEST_ODD = 3;

    // Possessive, so that they read each character once.
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{20,8192}+={0,2}+");
    private static final Pattern HEX = Pattern.compile("(?:(?:0x|\\\\x|%|&#x)?[0-9a-fA-F]{2}[ ,;:]?){10,4096}+");
    private static final Pattern BYTE = Pattern.compile("(?:0x|\\\\x|%|&#x)?([0-9a-fA-F]{2})[ ,;:]?");
    private static final Pattern APART = Pattern.compile("(?<![a-z0-9])(?:[a-z0-9][ .*_|-]{1,2}){7}");
    private static final String LEADING_LEET = "013457@$";
    private static final String LEET = LEADING_LEET + "!|";
    private static final List<String> SHIFTED = List.of("vtaber", "qvfertneq", "vafgehpgvba", "cerivbhf", "cebzcg");

    private HiddenTexts() {}

    /**
     * A text that was hidden.
     *
     * @param how it was
     * @param plain as {@link PlainText} has it
     */
    record Hidden(String how, String plain) {}

    /**
     * What is hidden in a text.
     *
     * @param text the text as it is
     * @param plain its plain form
     */
    static List<Hidden> in(String text, String plain) {
        List<Hidden> hidden = new ArrayList<>();
        HidingSigns signs = HidingSigns.of(text);
        if (signs.codeRun() >= SHORTEST_CODE) {
            Matcher base64 = BASE64.matcher(text);
            for (int i = 0; i < MOST && base64.find(); i++) {
                base64(base64.group()).ifPresent(found -> hidden.add(new Hidden("base64", found)));
            }
        }
        if (signs.hexRun() >= SHORTEST_CODE) {
            Matcher hex = HEX.matcher(text);
            for (int i = 0; i < MOST && hex.find(); i++) {
                hex(hex.group()).ifPresent(found -> hidden.add(new Hidden("hex", found)));
            }
        }
        String beginning = plain.substring(0, Math.min(plain.length(), LONGEST));
        if (signs.apartRun() >= FEWEST_APART && APART.matcher(beginning).find()) {
            hidden.add(new Hidden("spacing", joined(beginning)));
        }
        if (signs.oddLetters() >= FEWEST_ODD && isLeet(beginning)) {
            hidden.add(new Hidden("leetspeak", leetRead(beginning)));
        }
        if (SHIFTED.stream().anyMatch(beginning::contains)) {
            hidden.add(new Hidden("rot13", shifted(beginning)));
        }
        return hidden;
    }

    private static Optional<String> base64(String code) {
        String plainAlphabet = code.replace('-', '+').replace('_', '/').replace("=", "");
        String whole = plainAlphabet.substring(0, plainAlphabet.length() - (plainAlphabet.length() % 4 == 1 ? 1 : 0));
        try {
            return readable(Base64.getDecoder().decode(whole));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> hex(String code) {
        Matcher matcher = BYTE.matcher(code);
        byte[] bytes = new byte[code.length() / 2];
        int length = 0;
        while (matcher.find()) {
            bytes[length++] = (byte) Integer.parseInt(matcher.group(1), 16);
        }
        return readable(Arrays.copyOf(bytes, length));
    }

    /** Bytes that are text, and words at that: not every string of letters and digits hides something. */
    private static Optional<String> readable(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            long words =
                    text.chars().filter(c -> Character.isLetter(c) || c == ' ').count();
            return text.indexOf(' ') > 0 && words * 10 >= text.length() * 7L
                    ? Optional.of(PlainText.of(text).text())
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** {@code "i g n o r e a l l"}: the words run together. */
    private static String joined(String plain) {
        return plain.replaceAll("(?<![a-z0-9])([a-z0-9])[ .*_|-](?=[a-z0-9](?![a-z0-9]))", "$1");
    }

    /** Whether there are three letters in a row, three times, one of which is a digit or sign that looks like it. */
    private static boolean isLeet(String plain) {
        int found = 0;
        for (int i = 0; i + 2 < plain.length() && found < FEWEST_ODD; i++) {
            if (isLeet(plain.charAt(i), plain.charAt(i + 1), plain.charAt(i + 2))) {
                found++;
                i += 2;
            }
        }
        return found == FEWEST_ODD;
    }

    private static boolean isLeet(char first, char second, char third) {
        return isSmall(third)
                && (isSmall(first) ? LEET.indexOf(second) >= 0 : isSmall(second) && LEADING_LEET.indexOf(first) >= 0);
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static String leetRead(String plain) {
        StringBuilder read = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            read.append(letter(plain.charAt(i)));
        }
        return read.toString();
    }

    private static char letter(char c) {
        return switch (c) {
            case '0' -> 'o';
            case '1', '!', '|' -> 'i';
            case '3' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            case '7' -> 't';
            default -> c;
        };
    }

    private static String shifted(String plain) {
        StringBuilder read = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            read.append(c >= 'a' && c <= 'z' ? (char) ('a' + (c - 'a' + 13) % 26) : c);
        }
        return read.toString();
    }
}
