package dev.guardrails4j.rails.detectors.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** OpenNLP's model of 103 languages, under the names that ISO 639-1 has for them. Safe for use by many threads. */
final class LanguageModel {

    private static final String FILE = "/langdetect-183.bin";

    /** Languages that the model divides, or calls by another name than ISO 639-2. */
    private static final Map<String, Set<String>> SEVERAL = Map.of(
            "az", Set.of("aze"),
            "de", Set.of("deu", "gsw", "nds"),
            "et", Set.of("est", "ekk"),
            "fa", Set.of("fas", "pes"),
            "lv", Set.of("lav", "lvs"),
            "mg", Set.of("plt"),
            "no", Set.of("nob", "nno"),
            "pa", Set.of("pan", "pnb"),
            "zh", Set.of("cmn", "nan"));

    private final NgramWeights weights;
    private final Map<String, Set<String>> known = new TreeMap<>();

    private LanguageModel(LanguageDetectorModel model) {
        weights = new NgramWeights(model.getMaxentModel());
        List<String> codes = weights.languages();
        for (String language : Locale.getISOLanguages()) {
            Set<String> named = SEVERAL.getOrDefault(
                    language, Set.of(Locale.forLanguageTag(language).getISO3Language()));
            if (codes.containsAll(named)) {
                known.put(language, named);
            }
        }
    }

    /** The one there is: its model takes some 10 MB, and is read when it is first asked for. */
    static LanguageModel get() {
        return Held.MODEL;
    }

    /** The languages there are, by ISO 639-1, each with what the model calls it. */
    Map<String, Set<String>> known() {
        return known;
    }

    /** What the model calls the languages. */
    List<String> codes() {
        return weights.languages();
    }

    /** For one text. */
    LanguageSums sums() {
        return new LanguageSums(weights);
    }

    /** The name that ISO 639-1 has for what the model calls a language, if it has one. */
    String name(String code) {
        return known.entrySet().stream()
                .filter(language -> language.getValue().contains(code))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(code);
    }

    private static final class Held {

        private static final LanguageModel MODEL = new LanguageModel(read());

        private static LanguageDetectorModel read() {
            try (InputStream in =
                    Objects.requireNonNull(LanguageModel.class.getResourceAsStream(FILE), FILE + " is missing")) {
                return new LanguageDetectorModel(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
