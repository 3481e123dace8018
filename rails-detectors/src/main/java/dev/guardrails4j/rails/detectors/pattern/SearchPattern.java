package dev.guardrails4j.rails.detectors.pattern;

import java.time.Duration;
import java.util.List;

/**
 * A pattern of a configuration, ready to be searched for. Its search always ends soon: most take time linear in the text, and
 * those that cannot are given a time. Safe for use by many threads.
 */
public sealed interface SearchPattern permits LinearSearch, TimedSearch {

    /** The longest pattern, in characters. */
    int MAX_CHARACTERS = 10_000;

    /**
     * Reads a pattern as the reference's configurations write it, which is Python's {@code re}. What needs look-around or
     * back-references is searched for {@linkplain #isLinear within a time}, where that is allowed.
     *
     * @param mayTakeTime whether a pattern is allowed that cannot be searched for in linear time
     * @throws UnusablePatternException if the pattern is empty, wrong, too large, or not for linear time though it must
     */
    static SearchPattern compile(String source, boolean caseInsensitive, boolean mayTakeTime)
            throws UnusablePatternException {
        return mayTakeTime && PythonPattern.needsBacktracking(source)
                ? TimedSearch.compile(source, caseInsensitive)
                : new LinearSearch(PythonPattern.compile(source, caseInsensitive));
    }

    /** What tells which of some patterns may be found in a text, by their numbers in the list. */
    static Prefilter prefilter(List<SearchPattern> patterns) {
        return new Prefilter(patterns.stream()
                // Nothing stands in every text.
                .map(pattern -> pattern instanceof LinearSearch linear
                        ? linear.pattern().pattern()
                        : "")
                .toList());
    }

    /** Whether a search takes time linear in the text whatever the pattern. If not, it fails when its time is over. */
    boolean isLinear();

    /**
     * Whether the pattern is found anywhere in a text.
     *
     * @param limit how long it may take
     * @throws PatternTimeoutException if that could not be told in time
     * @throws InterruptedException if the thread was interrupted
     */
    boolean isFoundIn(String text, Duration limit) throws InterruptedException;

    /**
     * Where the pattern is found, without what is empty, in the order of the text.
     *
     * @param limit how long it may take
     * @throws PatternTimeoutException if that could not be told in time
     * @throws InterruptedException if the thread was interrupted
     */
    List<Match> matches(String text, Duration limit) throws InterruptedException;

    /**
     * Stops where a thread was interrupted: a long text and many patterns take a while, and a search does not notice by itself.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    static void heedInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted between two searches");
        }
    }

    /**
     * A place where a pattern was found.
     *
     * @param start where it begins, in UTF-16 units
     * @param end where it ends, exclusive; after {@code start}
     */
    record Match(int start, int end) {}
}
