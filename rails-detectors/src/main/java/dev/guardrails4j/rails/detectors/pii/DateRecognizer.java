package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds dates, days of the week and times of day. Written in words, English only. */
final class DateRecognizer implements Recognizer {

    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
                    + "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
    private static final String TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?"
            + "(?: ?[ap]\\.?m\\b\\.?)?(?:Z|[+-]\\d{2}:?\\d{2})?";
    private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
    private static final String YEAR = "(?:(?:19|20)\\d{2}|'?\\d{2})";

    private static final Pattern IN_DIGITS = pattern("(?:19|20)\\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.]" + DAY + "(?:[T ] ?"
            + TIME + ")?" + "|" + DAY + "([-/.])" + DAY + "\\1" + YEAR + "(?:,? " + TIME + ")?" + "|" + DAY
            + "(?:st|nd|rd|th)?(?: of)? " + MONTH + "(?:,? (?:19|20)\\d{2})?" + "|" + DAY + "-" + MONTH + "-" + YEAR
            + "|"
            + TIME);
    private static final Pattern IN_WORDS = pattern(MONTH + " " + DAY + "(?:st|nd|rd|th)?(?:,? (?:19|20)\\d{2})?" + "|"
            + MONTH + ",? (?:19|20)\\d{2}"
            + "|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
            + "|(?:yesterday|tomorrow|tonight)");

    private static final double ALONE = 0.6;
    /** What begins a word of {@link #IN_WORDS}. */
    private static final String FIRST_LETTERS = "jfmasondtwy";

    private static final int LONGEST = 48;

    private static Pattern pattern(String regex) {
        return Pattern.compile("(?:" + regex + ")(?!\\w)", Pattern.CASE_INSENSITIVE);
    }

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) {
        Matcher matcher = IN_DIGITS.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        int position = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            boolean digit = CheckDigits.isDigit(c);
            if ((!digit && !isFirstLetter(c)) || !CodeRecognizer.begins(text, position)) {
                position++;
                continue;
            }
            matcher.usePattern(digit ? IN_DIGITS : IN_WORDS)
                    .region(position, Math.min(text.length(), position + LONGEST));
            if (matcher.lookingAt() && CodeRecognizer.ends(text, matcher.end())) {
                found.accept(new Finding("DATE_TIME", position, matcher.end(), ALONE));
                position = matcher.end();
            } else {
                position++;
            }
        }
    }

    private static boolean isFirstLetter(char c) {
        return CheckDigits.isLetter(c) && FIRST_LETTERS.indexOf(c | 0x20) >= 0;
    }
}
