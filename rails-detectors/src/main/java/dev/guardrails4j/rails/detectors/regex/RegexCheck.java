package dev.guardrails4j.rails.detectors.regex;

import com.google.re2j.Pattern;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.pattern.PythonPattern;
import dev.guardrails4j.rails.detectors.pattern.UnusablePatternException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the patterns that the section {@code regex_detection} sets for one stage. Every pattern is tried, and all
 * that are found anywhere in the text are reported as {@code detections}; one is enough to block. Without patterns, or
 * in an empty text, nothing is found. Takes time linear in the text, whatever the pattern.
 */
final class RegexCheck implements RailCheck {

    private static final String SECTION = "regex_detection";
    private static final List<String> STAGES = List.of("input", "output", "retrieval");
    private static final String PATTERNS = "patterns";
    private static final int MAX_PATTERNS = 1_000;

    private final List<SearchPattern> patterns;

    private RegexCheck(List<SearchPattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * @param stage the section's key for the stage
     * @throws dev.guardrails4j.api.RailConfigurationException if a pattern cannot be used
     */
    static RailCheck configure(RailSetup setup, String stage) {
        Settings section = setup.settings(SECTION);
        // The other stages are another rail's, but what nobody reads would be reported as unknown.
        STAGES.stream()
                .filter(other -> !other.equals(stage))
                .forEach(other -> StageSettings.of(section.section(other)));
        return new RegexCheck(StageSettings.of(section.section(stage)).compile());
    }

    @Override
    public Verdict check(RailContext context) throws InterruptedException {
        String text = context.text();
        if (text.isEmpty()) {
            return Verdict.allow();
        }
        List<String> detections = new ArrayList<>();
        for (SearchPattern pattern : patterns) {
            // A long text and many patterns take a while, and a search does not notice an interrupt by itself.
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted between two patterns");
            }
            if (pattern.compiled().matcher(text).find()) {
                detections.add(pattern.source());
            }
        }
        return detections.isEmpty()
                ? Verdict.allow()
                : Verdict.block("matches a configured pattern").with("detections", List.copyOf(detections));
    }

    private record SearchPattern(String source, Pattern compiled) {}

    private record StageSettings(Settings settings, List<String> patterns, boolean caseInsensitive) {

        static StageSettings of(Settings settings) {
            return new StageSettings(
                    settings, settings.strings(PATTERNS, List.of()), settings.flag("case_insensitive", false));
        }

        List<SearchPattern> compile() {
            if (patterns.size() > MAX_PATTERNS) {
                throw settings.error(
                        PATTERNS,
                        patterns.size() + " patterns are more than the " + MAX_PATTERNS
                                + " there may be; join some with '|'");
            }
            List<SearchPattern> compiled = new ArrayList<>();
            for (int index = 0; index < patterns.size(); index++) {
                compiled.add(compile(index));
            }
            return compiled;
        }

        private SearchPattern compile(int index) {
            String source = patterns.get(index);
            try {
                return new SearchPattern(source, PythonPattern.compile(source, caseInsensitive));
            } catch (UnusablePatternException e) {
                throw settings.error(PATTERNS, "Invalid regex pattern at index " + index + ": " + e.getMessage());
            }
        }
    }
}
