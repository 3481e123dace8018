package dev.guardrails4j.rails.detectors.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A pattern as the reference's configurations write it, which is Python's {@code re}, compiled for RE2/J, which searches
 * in linear time. {@link PatternTranslation} carries over what the two read differently; what RE2/J cannot do
 * (look-around, back-references) is refused.
 */
public final class PythonPattern {

    private static final int MAX_CHARACTERS = 10_000;

    private PythonPattern() {}

    /**
     * The pattern, ready to search.
     *
     * @throws UnusablePatternException if the pattern is empty, wrong, too large, or not for linear time
     */
    public static Pattern compile(String source, boolean caseInsensitive) throws UnusablePatternException {
        if (source.isEmpty()) {
            throw new UnusablePatternException("it is empty and would match every text; remove it");
        }
        if (source.length() > MAX_CHARACTERS) {
            throw new UnusablePatternException("it is longer than " + MAX_CHARACTERS + " characters; split it");
        }
        try {
            return Pattern.compile(
                    PatternTranslation.translate(source), caseInsensitive ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw new UnusablePatternException(e.getDescription() + ": " + e.getPattern() + mend(source));
        }
    }

    private static String mend(String source) {
        boolean looksAround =
                source.contains("(?=") || source.contains("(?!") || source.contains("(?<=") || source.contains("(?<!");
        boolean refersBack = source.contains("(?P=") || source.matches("(?s).*\\\\[1-9].*");
        return looksAround || refersBack
                ? "; look-around and back-references are not supported, because patterns are searched for in linear"
                        + " time whatever the text: match what surrounds the text as well, or use several patterns"
                : "";
    }
}
