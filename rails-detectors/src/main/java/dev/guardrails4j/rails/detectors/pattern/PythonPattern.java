package dev.guardrails4j.rails.detectors.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/**
 * A pattern as the reference's configurations write it, which is Python's {@code re}, compiled for RE2/J, which searches
 * in linear time. {@link PatternTranslation} carries over what the two read differently; what RE2/J cannot do
 * (look-around, back-references) is refused.
 */
final class PythonPattern {

    private static final List<String> LOOKS = List.of("(?=", "(?!", "(?<=", "(?<!", "(?P=", "(?>");

    private PythonPattern() {}

    /**
     * The pattern, ready to search.
     *
     * @throws UnusablePatternException if the pattern is empty, wrong, too large, or not for linear time
     */
    static Pattern compile(String source, boolean caseInsensitive) throws UnusablePatternException {
        requireUsable(source);
        try {
            return Pattern.compile(
                    PatternTranslation.translate(source), caseInsensitive ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw new UnusablePatternException(e.getDescription() + ": " + e.getPattern() + mend(source));
        }
    }

    static void requireUsable(String source) throws UnusablePatternException {
        if (source.isEmpty()) {
            throw new UnusablePatternException("it is empty and would match every text; remove it");
        }
        if (source.length() > SearchPattern.MAX_CHARACTERS) {
            throw new UnusablePatternException(
                    "it is longer than " + SearchPattern.MAX_CHARACTERS + " characters; split it");
        }
    }

    private static String mend(String source) {
        return needsBacktracking(source)
                ? "; look-around and back-references are not supported here, because patterns must be searched for in"
                        + " linear time whatever the text: match what surrounds the text as well, or use several"
                        + " patterns"
                : "";
    }

    /** Whether a pattern looks around or refers back, which takes an engine that tries many ways. */
    static boolean needsBacktracking(String source) {
        for (int i = 0; i + 1 < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
                if (source.charAt(i) >= '1' && source.charAt(i) <= '9') {
                    return true;
                }
            } else if (c == '(' && LOOKS.stream().anyMatch(source.substring(i)::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
