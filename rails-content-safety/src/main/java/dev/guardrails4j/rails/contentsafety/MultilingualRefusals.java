package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.rails.contentsafety.language.Language;
import dev.guardrails4j.rails.contentsafety.language.LanguageDetection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Refusals in the language that the user writes, {@code content_safety.multilingual}, contract "config and rails" 1.4 and 4.3.
 *
 * @param detection tells the language
 * @param own the configuration's own texts
 */
record MultilingualRefusals(LanguageDetection detection, Map<Language, String> own) {

    static final Setting DESCRIPTION = Setting.section(
            "multilingual",
            "Refusals in the language that the user writes.",
            Setting.flag("enabled", "Whether it is refused in the user's language.")
                    .defaultsTo(false),
            Setting.openSection(
                    "refusal_messages",
                    "Texts of your own, by language: " + String.join(", ", Language.codes()) + "."));

    /**
     * What the section says.
     *
     * @return empty if it is not switched on
     * @throws dev.guardrails4j.api.RailConfigurationException if it names a language that there is not
     */
    static Optional<MultilingualRefusals> read(Settings multilingual) {
        Map<Language, String> own = own(multilingual.section("refusal_messages"));
        return multilingual.flag("enabled", false)
                ? Optional.of(new MultilingualRefusals(LanguageDetection.get(), own))
                : Optional.empty();
    }

    private static Map<Language, String> own(Settings messages) {
        Map<Language, String> own = new EnumMap<>(Language.class);
        for (String code : messages.keys()) {
            Language language = Language.withCode(code)
                    .orElseThrow(() -> messages.error(
                            code,
                            "is not a language that refusals are said in; it must be one of " + Language.codes()));
            String text = messages.string(code);
            if (text.isBlank()) {
                throw messages.error(code, "has no text; write one, or remove it");
            }
            own.put(language, text);
        }
        return Collections.unmodifiableMap(own);
    }

    /**
     * What to say to somebody who writes so.
     *
     * @return empty for what is said without this
     */
    Optional<String> to(String userText) {
        Language language = detection.of(userText);
        return Optional.ofNullable(own.get(language))
                .or(() -> language == Language.EN ? Optional.empty() : Optional.of(language.refusal()));
    }
}
