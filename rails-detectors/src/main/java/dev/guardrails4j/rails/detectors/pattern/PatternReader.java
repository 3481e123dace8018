package dev.guardrails4j.rails.detectors.pattern;

import dev.guardrails4j.rails.detectors.pattern.PatternShape.Choice;
import dev.guardrails4j.rails.detectors.pattern.PatternShape.Repetition;
import dev.guardrails4j.rails.detectors.pattern.PatternShape.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the shape of a regular expression of RE2/J. Bounds and case are left out: a shape stands for more
 * texts than its expression, never for fewer. For one thread.
 */
final class PatternReader {

    /** The bit of a set that stands for all characters that are not ASCII. */
    static final int OTHER = 0x80;

    /** How many symbols sets are of. */
    static final int SYMBOLS = OTHER + 1;

    private static final Pattern COUNTS = Pattern.compile("\\{(\\d{1,4})(,(\\d{0,4}))?\\}");
    private static final Pattern GROUP = Pattern.compile("\\?(?:P?<\\w+>|[imsU-]*:)");
    private static final Pattern FLAGS = Pattern.compile("\\?[imsU-]+\\)");
    private static final int DEEPEST = 100;

    private final String regex;
    private int at;
    private int depth;

    private PatternReader(String regex) {
        this.regex = regex;
    }

    /** The shape of an expression; empty if it is not certain what a part of it means. */
    static Optional<PatternShape> read(String regex) {
        PatternReader reader = new PatternReader(regex);
        try {
            PatternShape shape = reader.choice();
            return reader.at == regex.length() ? Optional.of(shape) : Optional.empty();
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private PatternShape choice() throws UnreadableException {
        if (++depth > DEEPEST) {
            throw new UnreadableException();
        }
        List<PatternShape> options = new ArrayList<>(List.of(sequence()));
        while (skip('|')) {
            options.add(sequence());
        }
        depth--;
        return options.size() == 1 ? options.get(0) : new Choice(options);
    }

    private PatternShape sequence() throws UnreadableException {
        List<PatternShape> parts = new ArrayList<>();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            PatternShape part = part();
            parts.add(repeated(part));
        }
        return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
    }

    private PatternShape part() throws UnreadableException {
        char c = regex.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> new PatternShape.OneOf(brackets());
            case '.' -> new PatternShape.OneOf(all());
            case '^', '$' -> PatternShape.NOTHING;
            case '\\' -> escape();
            case '*', '+', '?' -> throw new UnreadableException();
            default -> new PatternShape.OneOf(folded(only(c)));
        };
    }

    private PatternShape group() throws UnreadableException {
        if (regex.startsWith("?", at)) {
            Matcher flags = FLAGS.matcher(regex).region(at, regex.length());
            if (flags.lookingAt()) {
                at = flags.end();
                return PatternShape.NOTHING;
            }
            Matcher group = GROUP.matcher(regex).region(at, regex.length());
            if (!group.lookingAt()) {
                throw new UnreadableException();
            }
            at = group.end();
        }
        PatternShape inner = choice();
        if (!skip(')')) {
            throw new UnreadableException();
        }
        return inner;
    }

    private PatternShape escape() throws UnreadableException {
        if (at < regex.length() && "bBAz".indexOf(regex.charAt(at)) >= 0) {
            at++;
            return PatternShape.NOTHING;
        }
        return new PatternShape.OneOf(folded(escaped()));
    }

    /** What an escape stands for, the backslash being read. */
    private BitSet escaped() throws UnreadableException {
        if (at == regex.length()) {
            throw new UnreadableException();
        }
        char c = regex.charAt(at++);
        return switch (c) {
            case 'd' -> with(range('0', '9'));
            case 's' -> with(only(' ', '\t', '\n', '\r', '\f', '\u000b'));
            case 'w' -> with(word());
            case 'D', 'S', 'W' -> all();
            case 'p', 'P' -> property();
            case 'n' -> only('\n');
            case 'r' -> only('\r');
            case 't' -> only('\t');
            case 'f' -> only('\f');
            case 'v' -> only('\u000b');
            case 'a' -> only('\u0007');
            case 'x' -> only(code());
            default -> {
                if (c >= OTHER || Character.isLetterOrDigit(c)) {
                    throw new UnreadableException();
                }
                yield only(c);
            }
        };
    }

    private int code() throws UnreadableException {
        int end = regex.startsWith("{", at) ? regex.indexOf('}', at) : at + 2;
        String digits =
                end < 0 || end > regex.length() ? "" : regex.substring(at, end).replace("{", "");
        if (!digits.matches("[0-9A-Fa-f]{1,8}")) {
            throw new UnreadableException();
        }
        at = end + (regex.startsWith("{", at) ? 1 : 0);
        return (int) Math.min(OTHER, Long.parseLong(digits, 16));
    }

    private BitSet property() throws UnreadableException {
        int end = regex.startsWith("{", at) ? regex.indexOf('}', at) : at;
        if (end < 0 || end >= regex.length()) {
            throw new UnreadableException();
        }
        at = end + 1;
        return all();
    }

    private BitSet brackets() throws UnreadableException {
        boolean negated = skip('^');
        BitSet set = new BitSet(SYMBOLS);
        boolean first = true;
        while (first || !regex.startsWith("]", at)) {
            BitSet member = member();
            if (regex.startsWith("-", at) && !regex.startsWith("-]", at) && member.cardinality() == 1) {
                at++;
                BitSet last = member();
                if (last.cardinality() != 1) {
                    throw new UnreadableException();
                }
                set.or(range(member.nextSetBit(0), last.nextSetBit(0)));
            } else {
                set.or(member);
            }
            first = false;
        }
        at++;
        return folded(negated ? complement(set) : set);
    }

    private BitSet member() throws UnreadableException {
        if (at >= regex.length() || regex.startsWith("[:", at)) {
            throw new UnreadableException();
        }
        char c = regex.charAt(at++);
        return c == '\\' ? escaped() : only(c);
    }

    private static BitSet complement(BitSet set) {
        BitSet complement = all();
        complement.andNot(set);
        complement.set(OTHER);
        return complement;
    }

    private static BitSet all() {
        BitSet all = new BitSet(SYMBOLS);
        all.set(0, SYMBOLS);
        return all;
    }

    private static BitSet only(int... codes) {
        BitSet set = new BitSet(SYMBOLS);
        for (int code : codes) {
            set.set(Math.min(code, OTHER));
        }
        return set;
    }

    private static BitSet range(int first, int last) {
        BitSet set = new BitSet(SYMBOLS);
        set.set(first, Math.max(first, last) + 1);
        return set;
    }

    private static BitSet word() {
        BitSet word = range('a', 'z');
        word.or(range('0', '9'));
        word.set('_');
        return word;
    }

    /** Digits, blanks and letters of other scripts, too. */
    private static BitSet with(BitSet set) {
        set.set(OTHER);
        return set;
    }

    /** Small letters for letters of any case. */
    private static BitSet folded(BitSet set) {
        for (int letter = 'A'; letter <= 'Z'; letter++) {
            if (set.get(letter)) {
                set.set(letter + ('a' - 'A'));
            }
        }
        return set;
    }

    private PatternShape repeated(PatternShape part) {
        PatternShape repeated = part;
        Matcher counts = COUNTS.matcher(regex).region(at, regex.length());
        if (skip('*')) {
            repeated = new Repetition(part, 0, PatternShape.ENDLESS);
        } else if (skip('+')) {
            repeated = new Repetition(part, 1, PatternShape.ENDLESS);
        } else if (skip('?')) {
            repeated = new Choice(List.of(part, PatternShape.NOTHING));
        } else if (counts.lookingAt()) {
            at = counts.end();
            int least = Integer.parseInt(counts.group(1));
            long most = counts.group(2) == null
                    ? least
                    : counts.group(3).isEmpty() ? PatternShape.ENDLESS : Long.parseLong(counts.group(3));
            repeated = new Repetition(part, least, Math.max(least, most));
        } else {
            return part;
        }
        skip('?');
        return repeated;
    }

    private boolean skip(char c) {
        if (at < regex.length() && regex.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** It is not certain what this means. */
    private static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
