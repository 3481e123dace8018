package dev.guardrails4j.rails.detectors.pii;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How a number or code of one kind is written: card, account, identity, licence. Patterns are this module's own; each has an
 * end, so that looking for it at a place takes constant time.
 *
 * @param entity the kind
 * @param pattern what it looks like, for a {@link PatternSet}
 * @param check what else holds for it; check digits, mostly
 * @param score how sure it is by itself; 0 if only its context can tell
 * @param contextScore how sure it is beside one of the words
 * @param context the words, in small letters
 */
record CodePattern(
        String entity,
        String pattern,
        Predicate<String> check,
        double score,
        double contextScore,
        Set<String> context) {

    static Builder of(String entity, String pattern) {
        return new Builder(entity, pattern, code -> true);
    }

    /**
     * A pattern of parts with the same sign between all of them.
     *
     * @param signs those that it may be; empty for none
     */
    static Builder of(String entity, List<String> signs, String... parts) {
        return of(
                entity,
                signs.stream()
                        .map(sign -> String.join(sign.equals(".") ? "\\." : sign, parts))
                        .collect(Collectors.joining("|")));
    }

    /** Says how sure a pattern is. */
    record Builder(String entity, String pattern, Predicate<String> check) {

        Builder check(Predicate<String> holds) {
            return new Builder(entity, pattern, holds);
        }

        CodePattern score(double alone, double inContext, String... words) {
            return new CodePattern(entity, pattern, check, alone, inContext, Set.of(words));
        }

        CodePattern score(double always) {
            return new CodePattern(entity, pattern, check, always, always, Set.of());
        }
    }
}
