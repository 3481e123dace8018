package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.pattern.Prefilter;
import dev.guardrails4j.rails.detectors.pattern.SearchPattern;
import dev.guardrails4j.rails.detectors.pattern.SearchPattern.Match;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Finds what a configuration describes by patterns, each with a score that context words raise, as Presidio does. */
final class PatternRecognizer implements Recognizer {

    private static final double CONTEXT_RAISES_BY = 0.35;
    private static final double CONTEXT_RAISES_TO = 0.4;

    private final String entity;
    private final List<ScoredPattern> patterns;
    private final Prefilter prefilter;
    private final ContextWords context;

    PatternRecognizer(String entity, List<ScoredPattern> patterns, ContextWords context) {
        this.entity = entity;
        this.patterns = List.copyOf(patterns);
        this.prefilter = SearchPattern.prefilter(
                patterns.stream().map(ScoredPattern::search).toList());
        this.context = context;
    }

    /**
     * A pattern.
     *
     * @param score how sure a match is by itself
     */
    record ScoredPattern(SearchPattern search, double score) {}

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) throws InterruptedException {
        SearchPattern.heedInterrupt();
        BitSet candidates = prefilter.candidates(text);
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            ScoredPattern pattern = patterns.get(i);
            for (Match match : pattern.search().matches(text, limit)) {
                double score = score(pattern.score(), text, match);
                if (score > 0) {
                    found.accept(new Finding(entity, match.start(), match.end(), score));
                }
            }
        }
    }

    private double score(double alone, String text, Match match) {
        return context.surround(text, match.start(), match.end())
                ? Math.min(1, Math.max(CONTEXT_RAISES_TO, alone + CONTEXT_RAISES_BY))
                : alone;
    }
}
