package dev.guardrails4j.rails.detectors.language;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whether a text is in one of some languages. What is written in another script than theirs is not; between languages of
 * one script the model decides, if one is clearly ahead. Immutable; safe for use by many threads.
 */
final class AllowedLanguages {

    /** More would not make an answer surer. */
    static final int LONGEST_TEXT = 512;

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

    /** The logarithm of how many times another language must be likelier than all that are allowed. */
    private static final double CLEARLY = Math.log(1.3);

    /** A lead, as a logarithm, that what is not yet read of a text does not make up for. */
    private static final double CERTAIN = 0.7;

    /** How many characters are read in one place, and in which order every fourth of these parts. */
    private static final int PART = 32;

    private static final int[] ORDER = {0, 2, 1, 3};

    private final LanguageModel model = LanguageModel.get();
    private final Set<String> codes = new TreeSet<>();
    private final Set<UnicodeScript> scripts = EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);
    private final boolean[] isAllowed;
    private final int fewestLetters;

    /**
     * @param languages of {@link LanguageModel#known()}
     * @param fewestLetters how many letters a text must have for its language to be told; one that is not Latin counts as three
     */
    AllowedLanguages(List<String> languages, int fewestLetters) {
        this.fewestLetters = fewestLetters;
        languages.forEach(language -> codes.addAll(model.known().getOrDefault(language, Set.of())));
        isAllowed = new boolean[model.codes().size()];
        codes.forEach(code -> isAllowed[model.codes().indexOf(code)] = true);
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

    /** @param text of at most {@link #LONGEST_TEXT} characters */
    Told tell(String text) {
        int letters = 0;
        int others = 0;
        UnicodeScript other = UnicodeScript.COMMON;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            if (Character.isLetter(letter)) {
                UnicodeScript script = letter < 0x80 ? UnicodeScript.LATIN : UnicodeScript.of(letter);
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

    /** Reads parts that lie all over the text, and more of them only while they leave a doubt. */
    private Told tellByModel(String text) {
        char[] plain = LanguageText.of(text);
        LanguageSums sums = model.sums();
        double ahead = 0;
        for (int round = 0; round < ORDER.length && Math.abs(ahead) < CERTAIN; round++) {
            for (int from = ORDER[round] * PART; from < plain.length; from += ORDER.length * PART) {
                sums.add(plain, from, Math.min(plain.length, from + PART));
            }
            ahead = sums.ofBest(isAllowed, true) - sums.ofBest(isAllowed, false);
        }
        if (ahead > 0) {
            return new Told(Answer.ALLOWED, Optional.empty());
        }
        return ahead <= -CLEARLY
                ? new Told(Answer.OTHER, Optional.of(model.name(sums.best())))
                : new Told(Answer.UNDECIDED, Optional.empty());
    }
}
