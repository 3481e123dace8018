package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.pii.PatternSet.Matches;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Finds dates, days of the week and times of day. Written in words, English only. */
final class DateRecognizer implements Recognizer {

    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
                    + "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
    private static final String TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?"
            + "(?: ?[ap]\\.?m\\.?)?(?:z|[+-]\\d{2}:?\\d{2})?";
    private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
    private static final String YEAR = "(?:(?:19|20)\\d{2}|'?\\d{2})";
    private static final String YEAR_AFTER = "(?:,? (?:19|20)\\d{2})?";

    private static final PatternSet IN_DIGITS = new PatternSet(List.of(
            "(?:19|20)\\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.]" + DAY + "(?:[t ] ?" + TIME + ")?",
            "(?:" + String.join("|", DAY + "-" + DAY + "-", DAY + "/" + DAY + "/", DAY + "\\." + DAY + "\\.") + ")"
                    + YEAR + "(?:,? " + TIME + ")?",
            DAY + "(?:st|nd|rd|th)?(?: of)? " + MONTH + YEAR_AFTER,
            DAY + "-" + MONTH + "-" + YEAR,
            TIME));
    private static final PatternSet IN_WORDS = new PatternSet(List.of(
            MONTH + " " + DAY + "(?:st|nd|rd|th)?" + YEAR_AFTER,
            MONTH + ",? (?:19|20)\\d{2}",
            "(?:mon|tues|wednes|thurs|fri|satur|sun)days?",
            "yesterday|tomorrow|tonight"));

    private static final double ALONE = 0.6;
    /** What begins a word of {@link #IN_WORDS}: a bit each, by its place in the alphabet, whatever its case. */
    private static final int FIRST_LETTERS =
            "jfmasondtwy".chars().map(letter -> 1 << (letter & 0x1f)).reduce(0, (some, one) -> some | one);

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) {
        Matches matches = new Matches();
        int position = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            boolean digit = CheckDigits.isDigit(c);
            int end = position;
            if ((digit || isFirstLetter(c)) && CodeRecognizer.begins(text, position)) {
                (digit ? IN_DIGITS : IN_WORDS).find(text, position, matches);
                end = CodeRecognizer.longest(text, position, matches);
            }
            if (end > position) {
                found.accept(new Finding("DATE_TIME", position, end, ALONE));
            }
            position = Math.max(end, position + 1);
        }
    }

    private static boolean isFirstLetter(char c) {
        return CheckDigits.isLetter(c) && (FIRST_LETTERS >>> (c & 0x1f) & 1) != 0;
    }
}
