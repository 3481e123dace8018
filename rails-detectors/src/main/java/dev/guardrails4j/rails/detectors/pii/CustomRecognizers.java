package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.rails.detectors.pattern.SearchPattern;
import dev.guardrails4j.rails.detectors.pattern.UnusablePatternException;
import dev.guardrails4j.rails.detectors.pii.PatternRecognizer.ScoredPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recognisers that a configuration brings: {@code recognizers} of the section {@code sensitive_data_detection}, each
 * written as a dictionary of Presidio's. Patterns are read as there: in letters of any case, line by line, where a point is
 * any character.
 */
final class CustomRecognizers {

    private static final Logger LOG = LoggerFactory.getLogger(CustomRecognizers.class);

    private static final String ENTITY = "supported_entity";
    private static final String PRESIDIO_FLAGS = "(?ms)";
    private static final int MAX_RECOGNIZERS = 200;
    private static final int MAX_PATTERNS = 100;
    private static final int MAX_DENIED = 10_000;
    private static final int MAX_TERM_CHARACTERS = 500;

    static final Setting DESCRIPTION = Setting.sections(
            "recognizers",
            "Recognizers of your own, as Presidio's; 200 at most.",
            Setting.string(ENTITY, "What it finds: EMPLOYEE_ID.").required(),
            Setting.string("name", "What it is called."),
            Setting.strings("supported_language", "Read for Presidio's sake; texts of all languages are searched."),
            Setting.strings("supported_languages", "The same."),
            Setting.sections(
                    "patterns",
                    "Regular expressions; 100 at most.",
                    Setting.string("name", "What it is called."),
                    Setting.string("regex", "The expression, as Python writes it.")
                            .required(),
                    Setting.number("score", "How sure a match is by itself.")
                            .between(0, 1)
                            .defaultsTo(0.5)),
            Setting.strings("context", "Words beside a match that make it surer."),
            Setting.strings("deny_list", "Words that are always found; 10,000 at most."),
            Setting.number("deny_list_score", "How sure such a word is.")
                    .between(0, 1)
                    .defaultsTo(1));

    private final boolean mayTakeTime;
    private final Map<String, List<Recognizer>> byEntity = new LinkedHashMap<>();

    private CustomRecognizers(boolean mayTakeTime) {
        this.mayTakeTime = mayTakeTime;
    }

    /**
     * Reads the recognisers.
     *
     * @param mayTakeTime whether patterns are allowed that cannot be searched for in linear time
     * @return the recognisers of each entity that they find
     * @throws RailConfigurationException if one of them cannot be used
     */
    static Map<String, List<Recognizer>> read(Settings section, boolean mayTakeTime) {
        CustomRecognizers recognizers = new CustomRecognizers(mayTakeTime);
        List<Settings> dictionaries = section.sections("recognizers");
        if (dictionaries.size() > MAX_RECOGNIZERS) {
            throw section.error("recognizers", "more than " + MAX_RECOGNIZERS + " recognizers; join some");
        }
        dictionaries.forEach(recognizers::add);
        return recognizers.byEntity;
    }

    private void add(Settings dictionary) {
        String entity = dictionary.string(ENTITY);
        if (!EntityTypes.isName(entity)) {
            throw dictionary.error(ENTITY, "must be a name of capital letters, digits and underscores: EMPLOYEE_ID");
        }
        dictionary.string("name", "");
        dictionary.strings("supported_language", List.of());
        dictionary.strings("supported_languages", List.of());
        ContextWords context = ContextWords.of(dictionary.literals("context", List.of()).stream()
                .filter(word -> !word.isBlank())
                .toList());
        List<ScoredPattern> patterns = patterns(dictionary);
        List<String> denied = denied(dictionary);
        if (patterns.isEmpty() && denied.isEmpty()) {
            throw dictionary.error("patterns", "is missing; give patterns, a deny_list, or both");
        }
        List<Recognizer> ofEntity = byEntity.computeIfAbsent(entity, it -> new ArrayList<>());
        if (!patterns.isEmpty()) {
            ofEntity.add(new PatternRecognizer(entity, patterns, context));
        }
        double score = score(dictionary, "deny_list_score", 1);
        if (!denied.isEmpty()) {
            ofEntity.add(new WordRecognizer(entity, score, denied));
        }
    }

    private List<ScoredPattern> patterns(Settings dictionary) {
        List<Settings> sections = dictionary.sections("patterns");
        if (sections.size() > MAX_PATTERNS) {
            throw dictionary.error("patterns", "more than " + MAX_PATTERNS + " patterns; join some with '|'");
        }
        return sections.stream().map(this::pattern).toList();
    }

    private ScoredPattern pattern(Settings pattern) {
        pattern.string("name", "");
        double score = score(pattern, "score", 0.5);
        try {
            SearchPattern search = SearchPattern.compile(PRESIDIO_FLAGS + pattern.literal("regex"), true, mayTakeTime);
            if (!search.isLinear()) {
                LOG.warn(
                        "{}",
                        pattern.error(
                                        "regex",
                                        "looks around or refers back, so that its search may take long; a text for"
                                                + " which it does is blocked after 0.5 s")
                                .getMessage());
            }
            return new ScoredPattern(search, score);
        } catch (UnusablePatternException e) {
            throw pattern.error("regex", String.valueOf(e.getMessage()));
        }
    }

    private static double score(Settings settings, String key, double defaultScore) {
        double score = settings.number(key, defaultScore);
        if (score < 0 || score > 1) {
            throw settings.error(key, "must be from 0 to 1");
        }
        return score;
    }

    private static List<String> denied(Settings dictionary) {
        List<String> denied = dictionary.literals("deny_list", List.of());
        if (denied.size() > MAX_DENIED) {
            throw dictionary.error("deny_list", "more than " + MAX_DENIED + " terms");
        }
        if (denied.stream().anyMatch(term -> term.isBlank() || term.length() > MAX_TERM_CHARACTERS)) {
            throw dictionary.error("deny_list", "has a term that is empty, or longer than 500 characters");
        }
        return denied;
    }
}
