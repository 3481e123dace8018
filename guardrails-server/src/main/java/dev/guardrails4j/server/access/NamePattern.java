package dev.guardrails4j.server.access;

import java.util.regex.Pattern;

/**
 * Names that an operator lists: {@code "support"}, or several at once, {@code "hr-*"}. Immutable.
 *
 * @param text a name in which {@code *} stands for any characters but slashes, none of them among them
 */
public record NamePattern(String text) {

    private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9*._@+-]{1,255}");

    /** One after the other would take long on names that do not fit. */
    private static final int MOST_STARS = 3;

    // After what it is checked by.
    /** Every name. */
    static final NamePattern ANY = new NamePattern("*");

    /** @throws IllegalArgumentException if it is no such name */
    public NamePattern {
        if (!WRITTEN.matcher(text).matches()
                || text.chars().filter(character -> character == '*').count() > MOST_STARS) {
            throw new IllegalArgumentException(
                    "must be a name, in which up to 3 * may stand for any characters, without slashes");
        }
    }

    boolean matches(String name) {
        return matches(text, name);
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int end = star; end <= name.length(); end++) {
            if (matches(rest, name.substring(end))) {
                return true;
            }
            if (end < name.length() && name.charAt(end) == '/') {
                return false;
            }
        }
        return false;
    }
}
