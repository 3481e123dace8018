package dev.guardrails4j.rails.detectors.pii;

import static dev.guardrails4j.rails.detectors.pii.CheckDigits.isDigit;
import static dev.guardrails4j.rails.detectors.pii.CheckDigits.isLetter;

import dev.guardrails4j.rails.detectors.pii.PatternSet.Matches;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds numbers and codes. Patterns are only looked for where a word begins that is a number or soon has a digit, so that text
 * without digits costs next to nothing.
 */
final class CodeRecognizer implements Recognizer {

    /** Every code has a digit among its first so many characters. */
    private static final int FIRST_DIGIT_WITHIN = 9;

    private final List<CodePattern> patterns;
    private final PatternSet set;
    private final CodeContext context;

    CodeRecognizer(List<CodePattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.set = new PatternSet(patterns.stream().map(CodePattern::pattern).toList());
        this.context = new CodeContext(patterns);
    }

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) throws InterruptedException {
        find(text, new Matches(), found);
    }

    /** @param matches counts what is read */
    void find(String text, Matches matches, Consumer<Finding> found) throws InterruptedException {
        int digit = nextDigit(text, 0);
        for (int start = 0; digit < text.length(); start++) {
            start = Math.max(start, digit - FIRST_DIGIT_WITHIN);
            if (begins(text, start)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted between two numbers");
                }
                set.find(text, start, matches);
                if (matches.count() > 0) {
                    check(text, start, matches, found);
                }
            }
            digit = start == digit ? nextDigit(text, digit + 1) : digit;
        }
    }

    /** What follows may look like more of a code: the longest beginning for which all holds is the code. */
    private void check(String text, int start, Matches matches, Consumer<Finding> found) {
        BitSet settled = new BitSet();
        CodeContext.Around around = context.around(text, start);
        for (int i = matches.count() - 1; i >= 0; i--) {
            int end = matches.end(i);
            if (!ends(text, end)) {
                continue;
            }
            String code = text.substring(start, end);
            for (int number : matches.patterns(i)) {
                CodePattern pattern = patterns.get(number);
                if (!settled.get(number) && pattern.check().test(code)) {
                    settled.set(number);
                    double score = around.has(number, end) ? pattern.contextScore() : pattern.score();
                    found.accept(new Finding(pattern.entity(), start, end, score));
                }
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

    /** Where the longest word of what begins at a place ends; that place itself if there is none, or the number goes on. */
    static int longest(String text, int start, Matches matches) {
        for (int i = matches.count() - 1; i >= 0; i--) {
            int end = matches.end(i);
            if (end == text.length() || !isWordCharacter(text.charAt(end))) {
                return ends(text, end) ? end : start;
            }
        }
        return start;
    }

    private static boolean joins(char c) {
        return c == '-' || c == '.' || c == '/';
    }

    /** Letters beyond Latin are written without a blank beside numbers in many languages. */
    private static boolean isWordCharacter(char c) {
        return isDigit(c) || isLetter(c) || c == '_' || (c >= 0xc0 && c < 0x250);
    }
}
