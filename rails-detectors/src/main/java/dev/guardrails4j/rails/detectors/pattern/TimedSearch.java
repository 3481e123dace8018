package dev.guardrails4j.rails.detectors.pattern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for the JDK's engine, which can do look-around and back-references, but may take exponential time: the text stops
 * giving characters when the time is over.
 */
record TimedSearch(Pattern pattern) implements SearchPattern {

    /** A search that is not done by then never will be. */
    static final Duration LONGEST_SEARCH = Duration.ofMillis(500);

    static TimedSearch compile(String source, boolean caseInsensitive) throws UnusablePatternException {
        PythonPattern.requireUsable(source);
        int flags = Pattern.UNICODE_CHARACTER_CLASS
                | (caseInsensitive ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        try {
            return new TimedSearch(Pattern.compile(BacktrackingTranslation.translate(source), flags));
        } catch (PatternSyntaxException e) {
            throw new UnusablePatternException(e.getDescription() + ", near index " + e.getIndex());
        } catch (StackOverflowError e) {
            throw new UnusablePatternException("its groups are nested too deeply");
        }
    }

    @Override
    public boolean isLinear() {
        return false;
    }

    @Override
    public boolean isFoundIn(String text, Duration limit) throws InterruptedException {
        return search(text, limit, Matcher::find);
    }

    @Override
    public List<Match> matches(String text, Duration limit) throws InterruptedException {
        return search(text, limit, matcher -> {
            List<Match> matches = new ArrayList<>();
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    matches.add(new Match(matcher.start(), matcher.end()));
                }
            }
            return matches;
        });
    }

    private <T> T search(String text, Duration limit, Function<Matcher, T> search) throws InterruptedException {

        Duration longest = limit.compareTo(LONGEST_SEARCH) < 0 ? limit : LONGEST_SEARCH;
        try {
            return search.apply(pattern.matcher(new ExpiringText(text, longest)));
        } catch (ExpiringText.InterruptedReadException e) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted within a search");
            interrupted.initCause(e);
            throw interrupted;
        } catch (StackOverflowError e) {
            throw new PatternTimeoutException(
                    "a pattern with look-around or back-references went too deep in the text");
        }
    }
}
