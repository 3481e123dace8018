package dev.guardrails4j.rails.detectors.bloat;

import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import java.util.List;

/**
 * The section {@code context_bloat_detection}, contract "config and rails" 1.4.
 *
 * @param maxChars the longest text, in characters
 * @param minChars shorter ones are only measured
 * @param minEntropy bits a character that a text must have
 * @param maxRepetitionRatio the share of groups of words that may be repetitions, 0 to 1
 * @param ngramSize words of a group
 * @param maxRunRatio the share of a text that may be one character repeated, 0 to 1
 * @param action {@code reject}, {@code truncate} or {@code warn}
 */
record BloatSettings(
        int maxChars,
        int minChars,
        double minEntropy,
        double maxRepetitionRatio,
        int ngramSize,
        double maxRunRatio,
        String action) {

    static final String REJECT = "reject";
    static final String TRUNCATE = "truncate";
    static final String WARN = "warn";

    private static final List<String> ACTIONS = List.of(REJECT, TRUNCATE, WARN);
    private static final int MAX_NGRAM = 20;

    static final Setting DESCRIPTION = Setting.section(
            "context_bloat_detection",
            "What is too long, monotonous or repetitive.",
            Setting.integer("max_chars", "The most characters; 5000."),
            Setting.integer("min_chars", "From how many characters on the rest is measured; 50."),
            Setting.number("min_entropy", "The least bits a character; 3.5."),
            Setting.number("max_repetition_ratio", "The largest share of groups of words that are repeated; 0.4."),
            Setting.integer("ngram_size", "How many words a group has; 3."),
            Setting.number("max_run_ratio", "The largest share of one character in a row; 0.1."),
            Setting.string("action", "reject, truncate or warn; reject."));

    static BloatSettings read(Settings section) {
        BloatSettings settings = new BloatSettings(
                atLeast(section, "max_chars", 5_000, 1),
                atLeast(section, "min_chars", 50, 0),
                section.number("min_entropy", 3.5),
                ratio(section, "max_repetition_ratio", 0.4),
                atLeast(section, "ngram_size", 3, 1),
                ratio(section, "max_run_ratio", 0.1),
                section.string("action", REJECT));
        if (!ACTIONS.contains(settings.action())) {
            throw section.error("action", "must be one of " + String.join(", ", ACTIONS));
        }
        if (settings.ngramSize() > MAX_NGRAM) {
            throw section.error("ngram_size", "must be from 1 to " + MAX_NGRAM);
        }
        if (settings.minEntropy() < 0) {
            throw section.error("min_entropy", "must not be below 0");
        }
        return settings;
    }

    private static int atLeast(Settings section, String key, int byDefault, int least) {
        int value = section.integer(key, byDefault);
        if (value < least) {
            throw section.error(key, "must be at least " + least);
        }
        return value;
    }

    private static double ratio(Settings section, String key, double byDefault) {
        double value = section.number(key, byDefault);
        if (value < 0 || value > 1) {
            throw section.error(key, "must be from 0 to 1");
        }
        return value;
    }
}
