package dev.guardrails4j.rails.contentsafety.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Tells which language a text is written in, as far as refusals need it. The script decides where it can; among languages of
 * the Latin script a statistical model does. Safe for use by many threads.
 */
public final class LanguageDetection {

    private static final String MODEL = "/langdetect-183.bin";

    /** A message says its language soon; the rest would only cost time. */
    private static final int MAX_LENGTH = 1_000;

    private static final Map<String, Language> SPOKEN =
            Map.of("eng", Language.EN, "spa", Language.ES, "deu", Language.DE, "fra", Language.FR);

    /**
     * The other languages that a text may be found to be in. The model knows 103: on texts of a few words it takes some rare
     * ones for frequent ones, which leaving them out mends (docs/rails/content-safety.md says by how much).
     */
    private static final Set<String> OTHERS =
            Set.of("ita", "por", "nld", "swe", "nob", "pol", "tur", "ron", "fin", "dan", "ces", "hun");

    private final LanguageDetectorModel model;

    private LanguageDetection(LanguageDetectorModel model) {
        this.model = model;
    }

    /** The one there is: its model takes some 10 MB, and is read when it is first asked for. */
    public static LanguageDetection get() {
        return Held.DETECTION;
    }

    /** The language of a text; English where it is none of those there are, or cannot be told. */
    public Language of(String text) {
        String start = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return Script.of(start).language().orElseGet(() -> ofLatin(start));
    }

    private Language ofLatin(String text) {
        // Holds state while it predicts, unlike its model.
        return Arrays.stream(new LanguageDetectorME(model).predictLanguages(text))
                .map(opennlp.tools.langdetect.Language::getLang)
                .filter(code -> SPOKEN.containsKey(code) || OTHERS.contains(code))
                .findFirst()
                .flatMap(code -> Optional.ofNullable(SPOKEN.get(code)))
                .orElse(Language.EN);
    }

    private static final class Held {

        private static final LanguageDetection DETECTION = new LanguageDetection(read());

        private static LanguageDetectorModel read() {
            try (InputStream in =
                    Objects.requireNonNull(LanguageDetection.class.getResourceAsStream(MODEL), MODEL + " is missing")) {
                return new LanguageDetectorModel(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
