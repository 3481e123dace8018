package dev.guardrails4j.rails.detectors.yara;

/** Makes a regular expression over bytes of a hex string: {@code 4D ?A [2-4] (50 | 51)}. */
final class HexString {

    private static final String ANY = "(?s:.)";
    private static final int LONGEST_JUMP = 1_000;

    private final String body;
    private final int line;
    private int at;

    private HexString(String body, int line) {
        this.body = body;
        this.line = line;
    }

    /** @param body what stands between the braces, without blanks and comments */
    static String regex(String body, int line) throws YaraException {
        HexString reader = new HexString(body, line);
        String regex = reader.alternatives();
        if (reader.at < body.length() || regex.isEmpty()) {
            throw reader.broken();
        }
        return regex;
    }

    private String alternatives() throws YaraException {
        StringBuilder regex = new StringBuilder();
        while (at < body.length() && body.charAt(at) != ')') {
            char c = body.charAt(at);
            if (c == '|') {
                at++;
                regex.append('|');
            } else if (c == '(') {
                at++;
                regex.append("(?:").append(alternatives()).append(')');
                if (at == body.length()) {
                    throw broken();
                }
                at++;
            } else if (c == '[') {
                regex.append(jump());
            } else {
                regex.append(singleByte());
            }
        }
        return regex.toString();
    }

    private String jump() throws YaraException {
        int end = body.indexOf(']', at);
        String counts = end < 0 ? "" : body.substring(at + 1, end);
        at = end + 1;
        if (!counts.matches("\\d{1,4}|\\d{0,4}-\\d{0,4}")) {
            throw broken();
        }
        int dash = counts.indexOf('-');
        int least = number(dash < 0 ? counts : counts.substring(0, dash), 0);
        int most = number(dash < 0 ? counts : counts.substring(dash + 1), -1);
        if (Math.max(least, most) > LONGEST_JUMP || (most >= 0 && most < least)) {
            throw new YaraException(line, "a jump of a hex string must be from 0 to %d bytes".formatted(LONGEST_JUMP));
        }
        return ANY + "{" + least + "," + (most < 0 ? "" : most) + "}?";
    }

    private static int number(String digits, int otherwise) {
        return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }

    private String singleByte() throws YaraException {
        boolean not = body.charAt(at) == '~';
        at += not ? 1 : 0;
        if (at + 2 > body.length()) {
            throw broken();
        }
        String high = nibble(body.charAt(at++));
        String low = nibble(body.charAt(at++));
        if (high.length() == 1 && low.length() == 1) {
            return not ? "[^\\x" + high + low + "]" : "\\x" + high + low;
        }
        if (high.length() > 1 && low.length() > 1) {
            return ANY;
        }
        StringBuilder choices = new StringBuilder(not ? "[^" : "[");
        for (int h = 0; h < high.length(); h++) {
            for (int l = 0; l < low.length(); l++) {
                choices.append("\\x").append(high.charAt(h)).append(low.charAt(l));
            }
        }
        return choices.append(']').toString();
    }

    private String nibble(char c) throws YaraException {
        if (c == '?') {
            return "0123456789abcdef";
        }
        if (Character.digit(c, 16) < 0) {
            throw broken();
        }
        return String.valueOf(c);
    }

    private YaraException broken() {
        return new YaraException(line, "a hex string is not of bytes, ??, jumps [n-m] and alternatives (A | B)");
    }
}
