package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.SetupSections;
import dev.guardrails4j.rails.detectors.pattern.Prefilter;
import dev.guardrails4j.rails.detectors.pattern.SearchPattern;
import dev.guardrails4j.rails.detectors.pattern.UnusablePatternException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The patterns of one stage in the section {@code regex_detection}. Contract "config and rails" 1.4. */
final class RegexSettings {

    private static final Logger LOG = LoggerFactory.getLogger(RegexSettings.class);

    private static final String SECTION = "regex_detection";
    private static final Set<Stage> STAGES = EnumSet.allOf(Stage.class);
    private static final String PATTERNS = "patterns";
    private static final String DEFAULT_MASK = "<REDACTED>";
    private static final int MAX_PATTERNS = 1_000;

    static final List<Setting> DESCRIPTION = List.of(SetupSections.describe(
            SECTION,
            "What is looked for.",
            STAGES,
            Setting.strings(PATTERNS, "Regular expressions as Python writes them, 1,000 at most."),
            Setting.flag("case_insensitive", "Whether the case of letters does not matter.")
                    .defaultsTo(false),
            Setting.string("mask_token", "What a redaction puts in the place of what it finds.")
                    .defaultsTo(DEFAULT_MASK)));

    private final Settings settings;
    private final boolean mayTakeTime;
    private final boolean caseInsensitive;
    private final String mask;
    private final List<String> sources;

    private RegexSettings(Settings settings, boolean mayTakeTime) {
        this.settings = settings;
        this.mayTakeTime = mayTakeTime;
        this.caseInsensitive = settings.flag("case_insensitive", false);
        this.mask = settings.string("mask_token", DEFAULT_MASK);
        this.sources = settings.literals(PATTERNS, List.of());
    }

    /**
     * A pattern.
     *
     * @param source as it is written
     * @param search ready to be searched for
     * @param mask what a redaction puts in its place
     */
    record ConfiguredPattern(String source, SearchPattern search, String mask) {}

    /** The patterns of the stage that the rail is listed at; throws if one cannot be used. */
    static List<ConfiguredPattern> patterns(RailSetup setup) {
        return SetupSections.own(setup, SECTION, STAGES, stage -> new RegexSettings(stage, setup.isTrusted()))
                .compile();
    }

    /** What tells which of the patterns may be found in a text. */
    static Prefilter prefilter(List<ConfiguredPattern> patterns) {
        return SearchPattern.prefilter(
                patterns.stream().map(ConfiguredPattern::search).toList());
    }

    private List<ConfiguredPattern> compile() {
        if (sources.size() > MAX_PATTERNS) {
            throw settings.error(
                    PATTERNS,
                    sources.size() + " patterns are more than the " + MAX_PATTERNS
                            + " there may be; join some with '|'");
        }
        List<ConfiguredPattern> compiled = new ArrayList<>();
        for (int index = 0; index < sources.size(); index++) {
            compiled.add(compile(index, sources.get(index)));
        }
        return List.copyOf(compiled);
    }

    private ConfiguredPattern compile(int index, String source) {
        try {
            SearchPattern search = SearchPattern.compile(source, caseInsensitive, mayTakeTime);
            if (!search.isLinear()) {
                LOG.warn(
                        "{}",
                        settings.error(
                                        PATTERNS,
                                        "the pattern at index " + index + " looks around or refers back, so that its"
                                                + " search may take long; a text for which it does is blocked after"
                                                + " 0.5 s. Without these, it takes time linear in the text")
                                .getMessage());
            }
            return new ConfiguredPattern(source, search, mask);
        } catch (UnusablePatternException e) {
            throw settings.error(PATTERNS, "Invalid regex pattern at index " + index + ": " + e.getMessage());
        }
    }
}
