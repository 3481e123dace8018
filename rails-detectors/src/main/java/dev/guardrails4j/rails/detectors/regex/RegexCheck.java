package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.pattern.Prefilter;
import dev.guardrails4j.rails.detectors.pattern.SearchPattern;
import dev.guardrails4j.rails.detectors.regex.RegexSettings.ConfiguredPattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Looks for the patterns that the section {@code regex_detection} sets for one stage. Every pattern is tried, and all
 * that are found anywhere in the text are reported as {@code detections}; one is enough to block. Without patterns, or
 * in an empty text, nothing is found.
 */
final class RegexCheck implements RailCheck {

    private final RegexSubject subject;
    private final List<ConfiguredPattern> patterns;
    private final Prefilter prefilter;

    private RegexCheck(RegexSubject subject, List<ConfiguredPattern> patterns) {
        this.subject = subject;
        this.patterns = patterns;
        this.prefilter = RegexSettings.prefilter(patterns);
    }

    /** Reads the settings; throws if a pattern cannot be used. */
    static RailCheck configure(RailSetup setup) {
        return new RegexCheck(RegexSubject.of(setup), RegexSettings.patterns(setup));
    }

    @Override
    public Verdict check(RailContext context) throws InterruptedException {
        String text = subject.text(context);
        if (text.isEmpty()) {
            return Verdict.allow();
        }
        List<String> detections = new ArrayList<>();
        SearchPattern.heedInterrupt();
        BitSet candidates = prefilter.candidates(text);
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            ConfiguredPattern pattern = patterns.get(i);
            if (pattern.search().isFoundIn(text, context.deadline().remaining())) {
                detections.add(pattern.source());
            }
        }
        return detections.isEmpty()
                ? Verdict.allow()
                : Verdict.block("matches a configured pattern").with("detections", List.copyOf(detections));
    }
}
