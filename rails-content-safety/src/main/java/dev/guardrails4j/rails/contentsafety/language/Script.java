package dev.guardrails4j.rails.contentsafety.language;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The script that most of a text is written in, which for many languages says which it is. */
enum Script {
    /** Many languages. */
    LATIN(Optional.empty()),
    CHINESE(Optional.of(Language.ZH)),
    JAPANESE(Optional.of(Language.JA)),
    ARABIC(Optional.of(Language.AR)),
    DEVANAGARI(Optional.of(Language.HI)),
    THAI(Optional.of(Language.TH)),
    /** None of the languages there are. */
    OTHER(Optional.of(Language.EN));

    /** A character of these says as much as some letters of an alphabet do. */
    private static final int WEIGHT_OF_IDEOGRAPHS = 3;

    /** Letters of Persian and Urdu that Arabic does not have. */
    private static final String NOT_ARABIC = "پچژگکیٹڈڑںےھہ";

    private final Optional<Language> language;

    Script(Optional<Language> language) {
        this.language = language;
    }

    /** The language of a text in this script; empty if it does not say. */
    Optional<Language> language() {
        return language;
    }

    static Script of(String text) {
        Map<Script, Integer> weights = new EnumMap<>(Script.class);
        text.codePoints().filter(Character::isLetter).forEach(letter -> {
            Script script = ofLetter(letter);
            weights.merge(script, script.weight(), Integer::sum);
        });
        // Japanese is written with Chinese characters and its own among them.
        if (weights.containsKey(JAPANESE)) {
            weights.merge(JAPANESE, weights.getOrDefault(CHINESE, 0), Integer::sum);
        }
        Script script = weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(OTHER);
        return script == ARABIC && text.chars().anyMatch(letter -> NOT_ARABIC.indexOf(letter) >= 0) ? OTHER : script;
    }

    private int weight() {
        return this == CHINESE || this == JAPANESE ? WEIGHT_OF_IDEOGRAPHS : 1;
    }

    private static Script ofLetter(int letter) {
        UnicodeScript script = UnicodeScript.of(letter);
        return switch (script) {
            case LATIN -> LATIN;
            case HAN -> CHINESE;
            case HIRAGANA, KATAKANA -> JAPANESE;
            case ARABIC -> ARABIC;
            case DEVANAGARI -> DEVANAGARI;
            case THAI -> THAI;
            default -> OTHER;
        };
    }
}
