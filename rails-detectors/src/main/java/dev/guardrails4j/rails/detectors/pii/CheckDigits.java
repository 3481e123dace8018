package dev.guardrails4j.rails.detectors.pii;

import java.util.function.Predicate;
import org.apache.commons.validator.routines.checkdigit.CheckDigit;

/** The check digits of numbers, as far as no library has them. Texts hold letters and digits only. */
final class CheckDigits {

    private CheckDigits() {}

    /** A check that reads a code without the blanks, hyphens, points and slashes between its characters. */
    static Predicate<String> compact(Predicate<String> check) {
        return code -> check.test(withoutSeparators(code));
    }

    static Predicate<String> of(CheckDigit check) {
        return compact(check::isValid);
    }

    static String withoutSeparators(String code) {
        StringBuilder compact = new StringBuilder(code.length());
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (isDigit(c) || isLetter(c)) {
                compact.append(Character.toUpperCase(c));
            }
        }
        return compact.toString();
    }

    /** The digits times their weights, summed up; digits past the weights do not count. */
    static int weighted(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (digits.charAt(i) - '0') * weights[i];
        }
        return sum;
    }

    static int digit(String digits, int index) {
        return digits.charAt(index) - '0';
    }

    /** The last digit is 11 less the weighted sum modulo 11; a result of 11 is 0, of 10 none. */
    static boolean elevenLess(String digits, int... weights) {
        int check = 11 - weighted(digits, weights) % 11;
        return (check == 11 ? 0 : check) == digit(digits, weights.length);
    }

    /** Brazil's way: the weighted sum times ten modulo 11, where 10 is 0. */
    static boolean timesTen(String digits, int... weights) {
        return weighted(digits, weights) * 10 % 11 % 10 == digit(digits, weights.length);
    }

    /** ISO 7064, MOD 11,10: Germany's tax number. */
    static boolean mod1110(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (digit(digits, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(digits, digits.length() - 1);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
}
