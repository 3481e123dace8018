package dev.guardrails4j.rails.detectors.yara;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts that must be there for a regular expression to match, so that the expression need not be tried where they are
 * not: of each set one. Reads what is certain and passes over the rest: no sets at all is always a right answer. For one
 * thread.
 */
final class RequiredLiterals {

    private static final int MOST = 64;
    private static final int LARGEST_CLASS = 8;

    private final String regex;
    private int at;

    private RequiredLiterals(String regex) {
        this.regex = regex;
    }

    /** Sets of lower-case texts, of each of which one must be there; none if there are none to rely on. */
    static List<Set<String>> of(String regex) {
        RequiredLiterals reader = new RequiredLiterals(regex);
        try {
            List<Set<String>> required = reader.alternatives();
            return reader.at == regex.length() ? required.stream().distinct().toList() : List.of();
        } catch (Unreadable e) {
            return List.of();
        }
    }

    /** What a single alternative needs; of several, the best of each in one set. */
    private List<Set<String>> alternatives() throws Unreadable {
        List<Set<String>> first = sequence();
        if (!skip('|')) {
            return first;
        }
        Set<String> all = new LinkedHashSet<>(best(first));
        boolean complete = !all.isEmpty();
        do {
            Set<String> best = best(sequence());
            complete &= !best.isEmpty();
            all.addAll(best);
        } while (skip('|'));
        return complete && all.size() <= MOST ? List.of(all) : List.of();
    }

    /** The one whose shortest text is the longest. */
    private static Set<String> best(List<Set<String>> required) {
        return required.stream()
                .max(Comparator.comparingInt(RequiredLiterals::shortest))
                .orElse(Set.of());
    }

    private static int shortest(Set<String> literals) {
        return literals.stream().mapToInt(String::length).min().orElse(0);
    }

    private List<Set<String>> sequence() throws Unreadable {
        List<Set<String>> required = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            Piece piece = piece();
            Repetition repetition = repetition();
            if (piece.literal() != null && repetition != Repetition.PERHAPS) {
                run.append(piece.literal());
            }
            if (piece.literal() == null || repetition != Repetition.ONCE) {
                add(run, required);
                if (repetition != Repetition.PERHAPS) {
                    required.addAll(piece.required());
                }
            }
        }
        add(run, required);
        return required;
    }

    /** A single letter is in nearly every text, and so tells nothing. */
    private static void add(StringBuilder run, List<Set<String>> required) {
        if (run.length() > 1
                || (run.length() == 1 && !Character.isLetterOrDigit(run.charAt(0)) && run.charAt(0) != ' ')) {
            required.add(Set.of(run.toString().toLowerCase(Locale.ROOT)));
        }
        run.setLength(0);
    }

    /**
     * A part of a sequence.
     *
     * @param literal the character it stands for, if it is one
     * @param required what it needs, if it is a group or a class
     */
    private record Piece(@Nullable String literal, List<Set<String>> required) {

        static final Piece ANYTHING = new Piece(null, List.of());
    }

    private enum Repetition {
        ONCE,
        AT_LEAST_ONCE,
        PERHAPS
    }

    private Piece piece() throws Unreadable {
        char c = regex.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> characterClass();
            case '.', '^', '$' -> Piece.ANYTHING;
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw new Unreadable();
            default -> c < 0x80 ? new Piece(String.valueOf(c), List.of()) : Piece.ANYTHING;
        };
    }

    private Piece group() throws Unreadable {
        if (skip('?')) {
            while (skip('i') || skip('s')) {
                // Neither changes what must be there.
            }
            if (!skip(':')) {
                throw new Unreadable();
            }
        }
        List<Set<String>> required = alternatives();
        if (!skip(')')) {
            throw new Unreadable();
        }
        return new Piece(null, required);
    }

    /** A class of few signs is a choice between them. */
    private Piece characterClass() throws Unreadable {
        int start = at;
        boolean negated = skip('^');
        skip(']');
        while (at < regex.length() && regex.charAt(at) != ']') {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        String members = regex.substring(start, Math.min(at, regex.length()));
        if (!skip(']')) {
            throw new Unreadable();
        }
        boolean isChoice = !negated
                && members.length() <= LARGEST_CLASS
                && members.chars()
                        .allMatch(c -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c) && c != '\\' && c != '-');
        return isChoice
                ? new Piece(
                        null,
                        List.of(members.chars().mapToObj(Character::toString).collect(Collectors.toSet())))
                : Piece.ANYTHING;
    }

    private Piece escape() throws Unreadable {
        if (at == regex.length()) {
            throw new Unreadable();
        }
        char c = regex.charAt(at++);
        if (c == 'x' && at + 2 <= regex.length()) {
            at += 2;
            return Piece.ANYTHING;
        }
        if (Character.isLetterOrDigit(c)) {
            if ("bBdDsSwWnrtfva".indexOf(c) < 0) {
                throw new Unreadable();
            }
            return Piece.ANYTHING;
        }
        return new Piece(String.valueOf(c), List.of());
    }

    private Repetition repetition() {
        Repetition repetition = Repetition.ONCE;
        if (skip('*') || skip('?')) {
            repetition = Repetition.PERHAPS;
        } else if (skip('+')) {
            repetition = Repetition.AT_LEAST_ONCE;
        } else {
            Optional<String> counts = counts();
            if (counts.isPresent()) {
                repetition = counts.get().startsWith("0") || counts.get().startsWith(",")
                        ? Repetition.PERHAPS
                        : Repetition.AT_LEAST_ONCE;
            }
        }
        skip('?');
        return repetition;
    }

    private Optional<String> counts() {
        int end = regex.startsWith("{", at) ? regex.indexOf('}', at) : -1;
        if (end < 0) {
            return Optional.empty();
        }
        String counts = regex.substring(at + 1, end);
        at = end + 1;
        return Optional.of(counts);
    }

    private boolean skip(char c) {
        if (at < regex.length() && regex.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** It is not certain what this means. */
    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
