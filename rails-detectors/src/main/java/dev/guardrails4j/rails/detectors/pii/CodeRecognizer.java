package dev.guardrails4j.rails.detectors.pii;

import static dev.guardrails4j.rails.detectors.pii.CheckDigits.isDigit;
import static dev.guardrails4j.rails.detectors.pii.CheckDigits.isLetter;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/**
 * Finds numbers and codes. Patterns are only tried where a word begins that is a number or soon has a digit, so that text
 * without digits costs next to nothing.
 */
final class CodeRecognizer implements Recognizer {

    /** Every code has a digit among its first so many characters. */
    private static final int FIRST_DIGIT_WITHIN = 9;

    private final List<CodePattern> patterns;

    CodeRecognizer(List<CodePattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) throws InterruptedException {
        Matcher matcher = null;
        int digit = nextDigit(text, 0);
        for (int start = 0; digit < text.length(); start++) {
            start = Math.max(start, digit - FIRST_DIGIT_WITHIN);
            if (!begins(text, start)) {
                digit = start == digit ? nextDigit(text, digit + 1) : digit;
                continue;
            }
            if (matcher == null) {
                matcher = patterns.get(0).pattern().matcher(text);
                matcher.useTransparentBounds(true).useAnchoringBounds(false);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted between two numbers");
            }
            find(text, start, matcher, found);
            digit = start == digit ? nextDigit(text, digit + 1) : digit;
        }
    }

    private void find(String text, int start, Matcher matcher, Consumer<Finding> found) {
        for (CodePattern pattern : patterns) {
            matcher.usePattern(pattern.pattern());
            // What follows may look like more of the code: the longest beginning for which all holds is the code.
            int limit = Math.min(text.length(), start + CodePattern.LONGEST);
            while (start < limit && matcher.region(start, limit).lookingAt()) {
                limit = matcher.end();
                double score = ends(text, limit) ? pattern.score(text, start, limit) : 0;
                if (score > 0) {
                    found.accept(new Finding(pattern.entity(), start, limit, score));
                    break;
                }
                limit--;
            }
        }
    }

    private static int nextDigit(String text, int from) {
        int position = from;
        while (position < text.length() && !isDigit(text.charAt(position))) {
            position++;
        }
        return position;
    }

    /** Whether a word begins here, that is not the rest of a longer number. */
    static boolean begins(String text, int start) {
        if (!isDigit(text.charAt(start)) && !isLetter(text.charAt(start))) {
            return false;
        }
        if (start == 0) {
            return true;
        }
        char before = text.charAt(start - 1);
        if (isWordCharacter(before)) {
            return false;
        }
        return start == 1 || !joins(before) || !isDigit(text.charAt(start - 2));
    }

    /** Whether a word ends here, that does not go on as a longer number. */
    static boolean ends(String text, int end) {
        if (end >= text.length()) {
            return true;
        }
        char after = text.charAt(end);
        if (isWordCharacter(after)) {
            return false;
        }
        return end + 1 >= text.length() || !joins(after) || !isDigit(text.charAt(end + 1));
    }

    private static boolean joins(char c) {
        return c == '-' || c == '.' || c == '/';
    }

    /** Letters beyond Latin are written without a blank beside numbers in many languages. */
    private static boolean isWordCharacter(char c) {
        return isDigit(c) || isLetter(c) || c == '_' || (c >= 0xc0 && c < 0x250);
    }
}
