package dev.guardrails4j.rails.detectors.yara;

/**
 * A word, sign or literal of a rule.
 *
 * @param kind what it is
 * @param text the name, number or sign; what a string literal stands for; a regex without its slashes
 * @param flags the flags after a regex; empty for all else
 * @param line where it begins, counted from 1
 */
record YaraToken(Kind kind, String text, String flags, int line) {

    enum Kind {
        NAME,
        /** {@code $a}, {@code $a*}, {@code #a}, with its sign. */
        STRING_NAME,
        NUMBER,
        TEXT,
        REGEX,
        SIGN,
        END
    }

    boolean is(String sign) {
        return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
