package dev.guardrails4j.rails.detectors.pii;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How a number or code of one kind is written: card, account, identity, licence. Patterns are this module's own; each is
 * bounded, so that trying one at a place takes constant time.
 *
 * @param entity the kind
 * @param pattern what it looks like, from its first character on, in letters of any case
 * @param check what else holds for it; check digits, mostly
 * @param score how sure it is by itself; 0 if only its context can tell
 * @param contextScore how sure it is beside one of the words
 * @param context the words
 */
record CodePattern(
        String entity,
        Pattern pattern,
        Predicate<String> check,
        double score,
        double contextScore,
        ContextWords context) {

    /** The longest code there is, in characters, blanks included. */
    static final int LONGEST = 100;

    static Builder of(String entity, String pattern) {
        return new Builder(entity, Pattern.compile("(?:" + pattern + ")(?!\\w)", Pattern.CASE_INSENSITIVE));
    }

    /** Says how sure a pattern is. */
    record Builder(String entity, Pattern pattern, Predicate<String> check) {

        private Builder(String entity, Pattern pattern) {
            this(entity, pattern, code -> true);
        }

        Builder check(Predicate<String> holds) {
            return new Builder(entity, pattern, holds);
        }

        CodePattern score(double alone, double inContext, String... words) {
            return new CodePattern(entity, pattern, check, alone, inContext, ContextWords.of(words));
        }

        CodePattern score(double always) {
            return new CodePattern(entity, pattern, check, always, always, ContextWords.NONE);
        }
    }

    /** How sure what stands there is of this kind; 0 if it is not. */
    double score(String text, int start, int end) {
        if (!check.test(text.substring(start, end))) {
            return 0;
        }
        return contextScore > score && context.surround(text, start, end) ? contextScore : score;
    }
}
