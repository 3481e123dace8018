package dev.guardrails4j.rails.detectors.language;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import opennlp.tools.langdetect.Language;

/**
 * Tells whether a text is in one of some languages. What is written in another script than theirs is not; between languages of
 * one script the model decides, if one is clearly ahead. Immutable; safe for use by many threads.
 */
final class AllowedLanguages {

    /** Languages of other scripts than Latin, by what the model calls them. */
    private static final Map<UnicodeScript, Set<String>> SCRIPTS = Map.ofEntries(
            Map.entry(
                    UnicodeScript.CYRILLIC,
                    Set.of(
                            "rus", "ukr", "bel", "bul", "srp", "mkd", "kaz", "kir", "mon", "tat", "bak", "che", "tgk",
                            "uzb")),
            Map.entry(UnicodeScript.ARABIC, Set.of("ara", "fas", "pes", "urd", "pus", "pnb", "sun")),
            Map.entry(UnicodeScript.DEVANAGARI, Set.of("hin", "mar", "nep", "san")),
            Map.entry(UnicodeScript.HAN, Set.of("cmn", "nan", "jpn", "kor")),
            Map.entry(UnicodeScript.HIRAGANA, Set.of("jpn")),
            Map.entry(UnicodeScript.KATAKANA, Set.of("jpn")),
            Map.entry(UnicodeScript.HANGUL, Set.of("kor")),
            Map.entry(UnicodeScript.THAI, Set.of("tha")),
            Map.entry(UnicodeScript.GREEK, Set.of("ell")),
            Map.entry(UnicodeScript.HEBREW, Set.of("heb")),
            Map.entry(UnicodeScript.ARMENIAN, Set.of("hye")),
            Map.entry(UnicodeScript.GEORGIAN, Set.of("kat")),
            Map.entry(UnicodeScript.BENGALI, Set.of("ben")),
            Map.entry(UnicodeScript.GUJARATI, Set.of("guj")),
            Map.entry(UnicodeScript.GURMUKHI, Set.of("pan")),
            Map.entry(UnicodeScript.KANNADA, Set.of("kan")),
            Map.entry(UnicodeScript.MALAYALAM, Set.of("mal")),
            Map.entry(UnicodeScript.SINHALA, Set.of("sin")),
            Map.entry(UnicodeScript.TAMIL, Set.of("tam")),
            Map.entry(UnicodeScript.TELUGU, Set.of("tel")));

    /** Those of them that are written in Latin script, too. */
    private static final Set<String> ALSO_LATIN = Set.of("srp", "uzb", "nan", "sun");

    /** Few languages share another script than Latin, and many of those write a syllable or a word in a character. */
    private static final int WEIGHT_BEYOND_LATIN = 3;

    /** By how much another language must be likelier than all that are allowed; docs/rails/language.md says what it gives. */
    private static final double CLEARLY = 1.3;

    private final LanguageModel model = LanguageModel.get();
    private final Set<String> codes = new TreeSet<>();
    private final Set<UnicodeScript> scripts = EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);
    private final int fewestLetters;

    /**
     * @param languages of {@link LanguageModel#known()}
     * @param fewestLetters how many letters a text must have for its language to be told; one that is not Latin counts as three
     */
    AllowedLanguages(List<String> languages, int fewestLetters) {
        this.fewestLetters = fewestLetters;
        languages.forEach(language -> codes.addAll(model.known().getOrDefault(language, Set.of())));
        for (String code : codes) {
            boolean latin = true;
            for (Map.Entry<UnicodeScript, Set<String>> script : SCRIPTS.entrySet()) {
                if (script.getValue().contains(code)) {
                    scripts.add(script.getKey());
                    latin = ALSO_LATIN.contains(code);
                }
            }
            if (latin) {
                scripts.add(UnicodeScript.LATIN);
            }
        }
    }

    /** What was told of a text. */
    enum Answer {
        ALLOWED,
        UNDECIDED,
        OTHER
    }

    /**
     * An answer and why.
     *
     * @param language the other one by ISO 639-1, or the name of its script; empty if it is no other one
     */
    record Told(Answer answer, Optional<String> language) {}

    Told tell(String text) {
        int letters = 0;
        int others = 0;
        UnicodeScript other = UnicodeScript.COMMON;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            if (Character.isLetter(letter)) {
                UnicodeScript script = UnicodeScript.of(letter);
                int weight = script == UnicodeScript.LATIN ? 1 : WEIGHT_BEYOND_LATIN;
                letters += weight;
                if (!scripts.contains(script)) {
                    others += weight;
                    other = script;
                }
            }
        }
        if (letters < fewestLetters) {
            return new Told(Answer.UNDECIDED, Optional.empty());
        }
        return 2 * others > letters
                ? new Told(Answer.OTHER, Optional.of(other.name().toLowerCase(Locale.ROOT)))
                : tellByModel(text);
    }

    private Told tellByModel(String text) {
        List<Language> guesses = model.guesses(text);
        Language likeliest = guesses.get(0);
        if (codes.contains(likeliest.getLang())) {
            return new Told(Answer.ALLOWED, Optional.empty());
        }
        double allowed = guesses.stream()
                .filter(guess -> codes.contains(guess.getLang()))
                .mapToDouble(Language::getConfidence)
                .max()
                .orElse(0);
        return likeliest.getConfidence() >= CLEARLY * allowed
                ? new Told(Answer.OTHER, Optional.of(model.name(likeliest.getLang())))
                : new Told(Answer.UNDECIDED, Optional.empty());
    }
}
