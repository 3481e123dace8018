package dev.guardrails4j.rails.detectors.secrets;

import java.util.Locale;
import java.util.Set;

/** Tells what may be a secret from what stands for one in examples and in code. */
final class SecretValues {

    private static final Set<String> STAND_INS = Set.of(
            "example",
            "your",
            "changeme",
            "change_me",
            "placeholder",
            "redacted",
            "xxxx",
            "****",
            "....",
            "dummy",
            "sample",
            "insert",
            "replace",
            "todo",
            "<",
            "${",
            "{{",
            "$(",
            "%(",
            "fixme",
            "not-needed",
            "abcdefgh",
            "1234567890123");

    private static final Set<String> WELL_KNOWN =
            Set.of("password", "passwd", "secret", "user", "pass", "username", "pwd", "token");

    /** Random text of letters and digits has more; words and names of code have less. */
    private static final double MIN_BITS_PER_CHARACTER = 3.0;

    private SecretValues() {}

    /** Whether nothing in it says that it only stands for a secret. */
    static boolean isNoExample(String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return STAND_INS.stream().noneMatch(lower::contains)
                && secret.chars().distinct().count() > 5;
    }

    /** Whether it may be a password in an address. */
    static boolean isPassword(String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return STAND_INS.stream().noneMatch(lower::contains)
                && !WELL_KNOWN.contains(lower)
                && !secret.startsWith("$")
                && !secret.startsWith("{")
                && !secret.startsWith("[")
                && !secret.startsWith("%");
    }

    /** Whether it looks as if drawn by lot: letters and digits mixed, and hardly a character twice. */
    static boolean isRandom(String secret) {
        boolean digit = false;
        boolean letter = false;
        for (int i = 0; i < secret.length(); i++) {
            digit |= Character.isDigit(secret.charAt(i));
            letter |= Character.isLetter(secret.charAt(i));
        }
        return digit && letter && isVaried(secret);
    }

    /** Whether hardly a character comes twice, and nothing says that it is an example. */
    static boolean isVaried(String secret) {
        return isNoExample(secret) && bitsPerCharacter(secret) >= MIN_BITS_PER_CHARACTER;
    }

    /** Shannon's entropy. */
    static double bitsPerCharacter(String text) {
        int[] counts = new int[128];
        for (int i = 0; i < text.length(); i++) {
            counts[Math.min(127, text.charAt(i))]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / text.length();
                bits -= share * Math.log(share);
            }
        }
        return bits / Math.log(2);
    }
}
