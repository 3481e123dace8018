package dev.guardrails4j.rails.detectors.secrets;

import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.rails.detectors.text.TermSearch;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is assigned to a name that says it is a secret: {@code password = "..."}, {@code API_KEY: ...}. Only values that
 * look drawn by lot count, and passwords between quotation marks or in a file of settings: code is full of such names.
 */
final class AssignedSecrets {

    private static final List<String> NAMES = List.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "api_key",
            "api-key",
            "api key",
            "access_key",
            "accesskey",
            "access-key",
            "secret_key",
            "secretkey",
            "private_key",
            "privatekey",
            "auth_key",
            "account_key",
            "client_secret",
            "credential",
            "encryption_key",
            "signing_key",
            "passcode");

    private static final Set<String> OF_PEOPLE = Set.of("password", "passwd", "pwd", "passphrase", "passcode");

    /** What stands between a name and its value: the rest of the name, a sign, an opening mark. */
    private static final Pattern VALUE = Pattern.compile(
            "[A-Za-z0-9_]{0,20}[\"']?\\]?\\s{0,3}(?:is|was|:=|=>|[:=]{1,3})\\s{0,3}"
                    + "(?:(?<mark>[\"'`])(?<quoted>[^\"'`\\s]{6,300})\\k<mark>|(?<bare>[^\\s\"'`,;<>(){}\\[\\]]{8,300}))");

    /** Calls, paths of members and files, names in the usual spellings, addresses. */
    private static final Pattern CODE =
            Pattern.compile("[A-Za-z_$]{1,60}(?:[.:/-][A-Za-z_$][A-Za-z_$0-9]{0,20}){0,20}[.:]?"
                    + "|[A-Za-z]?[a-z]{1,40}(?:[A-Z][a-z0-9]{1,40}){1,10}"
                    + "|[a-z0-9]{1,40}(?:_[a-z0-9]{1,40}){1,10}|[A-Z]{2,40}(?:_[A-Z0-9]{1,40}){0,10}"
                    + "|\\.{0,2}(?:/[A-Za-z0-9_.-]{1,20}){1,20}/?|[a-z+]{2,20}://.*");

    private static final int LONGEST = 360;
    private static final int LONGEST_PASSWORD = 64;

    private final TermSearch names = new TermSearch(NAMES, false, false);

    /** @param read the same text, for patterns to read */
    void find(String text, CharSequence read, Consumer<Finding> found) {
        RunsOfCharacters runs = new RunsOfCharacters(text, c -> !Character.isWhitespace(c));
        Matcher matcher = VALUE.matcher(read).useTransparentBounds(true).useAnchoringBounds(false);
        names.search(text, (name, start, end) -> {
            matcher.region(end, Math.min(text.length(), end + LONGEST));
            if (runs.mayLook(start) && matcher.lookingAt()) {
                boolean quoted = matcher.group("quoted") != null;
                String group = quoted ? "quoted" : "bare";
                String value = matcher.group(group);
                if (OF_PEOPLE.contains(name.toLowerCase(Locale.ROOT)) ? isPassword(value, quoted) : isKey(value)) {
                    found.accept(new Finding("ASSIGNED_SECRET", matcher.start(group), matcher.end(group), 0.7));
                }
            }
            return true;
        });
    }

    private static boolean isKey(String value) {
        return value.length() >= 16 && SecretValues.isRandom(value) && !isCode(value);
    }

    /** People choose words with something mixed in. */
    private static boolean isPassword(String value, boolean quoted) {
        return value.length() <= LONGEST_PASSWORD
                && SecretValues.isPassword(value)
                && !isCode(value)
                && kinds(value) >= (quoted ? 2 : 3);
    }

    /** Capital letters, small ones, digits, others. */
    private static int kinds(String value) {
        boolean upper = false;
        boolean lower = false;
        boolean digit = false;
        boolean other = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            upper |= Character.isUpperCase(c);
            lower |= Character.isLowerCase(c);
            digit |= Character.isDigit(c);
            other |= !Character.isLetterOrDigit(c);
        }
        return (upper ? 1 : 0) + (lower ? 1 : 0) + (digit ? 1 : 0) + (other ? 1 : 0);
    }

    private static boolean isCode(String value) {
        return CODE.matcher(value).matches();
    }
}
