package dev.guardrails4j.rails.detectors.injection;

import dev.guardrails4j.rails.detectors.text.Ascii;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Undoes what attacks are disguised with: HTML entities, percent and backslash escapes, wide letters, null characters. */
final class Unescaped {

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("colon", ":"),
            Map.entry("lpar", "("),
            Map.entry("rpar", ")"),
            Map.entry("tab", ""),
            Map.entry("newline", ""));

    private static final Pattern ESCAPE = Pattern.compile(
            "&#x0*+([0-9a-f]{1,6});?|&#0*+([0-9]{1,7});?|&(lt|gt|quot|apos|colon|lpar|rpar|tab|newline);?"
                    + "|%(?:25)?([0-9a-f]{2})|\\\\x([0-9a-f]{2})|\\\\u00([0-9a-f]{2})|\\x00",
            Pattern.CASE_INSENSITIVE);

    /** Word processors put it in the place of an apostrophe after a digit. */
    private static final char PRIME = '\u2032';

    private Unescaped() {}

    /** The text without its disguise; empty if it has none. */
    static Optional<String> of(String text) {
        String plain = Ascii.isAll(text)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC).replace(PRIME, '\'');
        String unescaped = unescaped(plain);
        return unescaped.equals(text) ? Optional.empty() : Optional.of(unescaped);
    }

    /** Tries the pattern only where an escape can begin: most texts have no such place. */
    private static String unescaped(String text) {
        int at = nextBeginning(text, 0);
        if (at == text.length()) {
            return text;
        }
        Matcher escape = ESCAPE.matcher(text);
        StringBuilder unescaped = new StringBuilder(text.length());
        int kept = 0;
        while (at < text.length()) {
            boolean found = escape.region(at, text.length()).lookingAt();
            if (found) {
                unescaped.append(text, kept, at).append(character(escape));
                kept = escape.end();
            }
            at = nextBeginning(text, found ? kept : at + 1);
        }
        return unescaped.append(text, kept, text.length()).toString();
    }

    private static int nextBeginning(String text, int from) {
        int at = from;
        while (at < text.length() && !beginsEscape(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean beginsEscape(char c) {
        return c == '&' || c == '%' || c == '\\' || c == 0;
    }

    private static String character(MatchResult match) {
        if (match.group(3) != null) {
            return NAMED.getOrDefault(match.group(3).toLowerCase(Locale.ROOT), "");
        }
        if (match.group(2) != null) {
            return character(Integer.parseInt(match.group(2)));
        }
        for (int group : new int[] {1, 4, 5, 6}) {
            if (match.group(group) != null) {
                return character(Integer.parseInt(match.group(group), 16));
            }
        }
        return "";
    }

    private static String character(int codePoint) {
        return Character.isValidCodePoint(codePoint) && codePoint >= ' ' ? Character.toString(codePoint) : "";
    }
}
