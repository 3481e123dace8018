package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.pattern.Prefilter;
import dev.guardrails4j.rails.detectors.pattern.SearchPattern;
import dev.guardrails4j.rails.detectors.pattern.SearchPattern.Match;
import dev.guardrails4j.rails.detectors.regex.RegexSettings.ConfiguredPattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts each pattern's mask in the place of all that it matches, one pattern after the other. Masks are taken literally.
 * Contract "config and rails" 4.8.
 */
final class RegexRedaction implements RailCheck {

    private final List<ConfiguredPattern> patterns;
    private final Prefilter prefilter;

    private RegexRedaction(List<ConfiguredPattern> patterns) {
        this.patterns = patterns;
        this.prefilter = RegexSettings.prefilter(patterns);
    }

    /** Reads the settings; throws if a pattern cannot be used. */
    static RailCheck configure(RailSetup setup) {
        return new RegexRedaction(RegexSettings.patterns(setup));
    }

    @Override
    public Verdict check(RailContext context) throws InterruptedException {
        String text = context.text();
        List<String> detections = new ArrayList<>();
        SearchPattern.heedInterrupt();
        BitSet candidates = prefilter.candidates(text);
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            ConfiguredPattern pattern = patterns.get(i);
            List<Match> matches =
                    pattern.search().matches(text, context.deadline().remaining());
            if (!matches.isEmpty()) {
                detections.add(pattern.source());
                text = masked(text, matches, pattern.mask());
                // A mask may make a match for a pattern that comes later.
                candidates = prefilter.candidates(text);
            }
        }
        return detections.isEmpty()
                ? Verdict.allow()
                : Verdict.rewrite(text).with("detections", List.copyOf(detections));
    }

    private static String masked(String text, List<Match> matches, String mask) {
        StringBuilder masked = new StringBuilder(text.length());
        int position = 0;
        for (Match match : matches) {
            masked.append(text, position, match.start()).append(mask);
            position = match.end();
        }
        return masked.append(text, position, text.length()).toString();
    }
}
