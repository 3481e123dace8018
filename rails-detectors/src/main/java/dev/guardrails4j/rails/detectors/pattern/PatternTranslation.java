package dev.guardrails4j.rails.detectors.pattern;

/**
 * Carries one pattern over from Python's {@code re} to RE2/J where the two would silently read it differently, so that a
 * pattern finds here what it finds there:
 *
 * <ul>
 *   <li>{@code \d \w \s} and their opposites mean all of Unicode (RE2/J: ASCII), so that a no-break space does not slip
 *       through; not {@code \W} and {@code \S} within brackets;
 *   <li>{@code $} also matches before a line break at the very end;
 *   <li>{@code {,n}} is a repetition, {@code \Z} the end, {@code \u00e9} a character, {@code (?#...)} a comment,
 *       {@code [[:alpha:]]} nothing special.
 * </ul>
 *
 * {@code \b} stays ASCII: beside other letters it would never match, so that a pattern with both is refused.
 */
public final class PatternTranslation {

    // Both begin and end with a class, so that a hyphen beside them stays a hyphen.
    private static final String WORD = "\\p{L}_\\p{N}";
    private static final String SPACE = "\\p{Z}\\x{0b}\\x{1c}-\\x{1f}\\x{85}\\s";

    private final String source;
    private final StringBuilder target = new StringBuilder();
    private final ProgramSize size = new ProgramSize();
    private int position;
    private boolean hasWordBoundary;
    private boolean hasOtherLetter;

    private PatternTranslation(String source) {
        this.source = source;
    }

    /**
     * The pattern for RE2/J, which has yet to find errors of syntax.
     *
     * @throws UnusablePatternException if the pattern would compile to too much, or would miss what it looks for
     */
    public static String translate(String source) throws UnusablePatternException {
        return new PatternTranslation(source).translate();
    }

    private String translate() throws UnusablePatternException {
        while (position < source.length()) {
            translateNext();
        }
        if (hasWordBoundary && hasOtherLetter) {
            throw new UnusablePatternException(
                    "\\b and \\B know ASCII words only, and would miss the other letters of this pattern; write"
                            + " (?:^|[^\\p{L}\\p{N}_]) before and (?:$|[^\\p{L}\\p{N}_]) after the word instead");
        }
        return target.toString();
    }

    private void translateNext() throws UnusablePatternException {
        switch (source.charAt(position)) {
            case '\\' -> atom(escape(false));
            case '[' -> atom(brackets());
            case '(' -> openGroup();
            case ')' -> {
                size.closeGroup();
                target.append(next());
            }
            case '{' -> repetition();
            case '$' -> {
                next();
                atom("(?:\\n?$)");
            }
            case '|', '*', '+', '?' -> target.append(next());
            default -> atom(next());
        }
    }

    private String escape(boolean inBrackets) {
        if (position + 1 == source.length()) {
            return next();
        }
        char c = source.charAt(position + 1);
        String text = upTo(endOfEscape(c));
        return switch (c) {
            case 'd' -> "\\p{Nd}";
            case 'D' -> "\\P{Nd}";
            case 'w' -> inBrackets ? WORD : "[" + WORD + "]";
            case 's' -> inBrackets ? SPACE : "[" + SPACE + "]";
            case 'W' -> inBrackets ? text : "[^" + WORD + "]";
            case 'S' -> inBrackets ? text : "[^" + SPACE + "]";
            case 'Z' -> "\\z";
            case 'u', 'U' -> codePoint(text);
            case 'b', 'B' -> {
                hasWordBoundary |= !inBrackets;
                yield inBrackets && c == 'b' ? "\\x08" : text;
            }
            default -> text;
        };
    }

    private int endOfEscape(char c) {
        int afterLetter = position + 2;
        if ((c == 'x' || c == 'p' || c == 'P') && source.startsWith("{", afterLetter)) {
            return endOf("}", afterLetter);
        }
        if (c == 'Q') {
            return endOf("\\E", afterLetter);
        }
        if (c == 'u' || c == 'U') {
            return Math.min(source.length(), afterLetter + (c == 'u' ? 4 : 8));
        }
        return source.offsetByCodePoints(position, 2);
    }

    private int endOf(String closing, int from) {
        int at = source.indexOf(closing, from);
        return at < 0 ? source.length() : at + closing.length();
    }

    private String codePoint(String text) {
        String digits = text.substring(2);
        if (!digits.matches("(?:[0-9A-Fa-f]{4}){1,2}")) {
            return text;
        }
        note(Integer.parseUnsignedInt(digits, 16));
        return "\\x{" + digits + "}";
    }

    private String brackets() {
        StringBuilder text = new StringBuilder(next());
        if (isNext('^')) {
            text.append(next());
        }
        if (isNext(']')) {
            text.append('\\').append(next());
        }
        while (position < source.length() && !isNext(']')) {
            if (isNext('\\')) {
                text.append(escape(true));
            } else {
                text.append(isNext('[') ? "\\" : "").append(next());
            }
        }
        return text.append(isNext(']') ? next() : "").toString();
    }

    private void openGroup() throws UnusablePatternException {
        if (source.startsWith("(?#", position)) {
            position = endOf(")", position);
            return;
        }
        size.openGroup();
        target.append(next());
    }

    private void repetition() throws UnusablePatternException {
        int end = source.indexOf('}', position);
        String counts = end < 0 ? "" : source.substring(position + 1, end);
        if (!counts.matches("[0-9]{1,4}|[0-9]{0,4},[0-9]{0,4}")) {
            atom(next());
            return;
        }
        position = end + 1;
        target.append('{')
                .append(counts.startsWith(",") ? "0" : "")
                .append(counts)
                .append('}');
        int most = 1;
        for (String count : counts.split(",", -1)) {
            most = Math.max(most, count.isEmpty() ? 1 : Integer.parseInt(count));
        }
        size.repeatLast(most);
    }

    private void atom(String text) {
        target.append(text);
        size.add();
    }

    private boolean isNext(char c) {
        return position < source.length() && source.charAt(position) == c;
    }

    private String next() {
        return upTo(source.offsetByCodePoints(position, 1));
    }

    private String upTo(int end) {
        String text = source.substring(position, end);
        position = end;
        text.codePoints().forEach(this::note);
        return text;
    }

    private void note(int codePoint) {
        hasOtherLetter |= codePoint > 0x7f && Character.isLetterOrDigit(codePoint);
    }
}
