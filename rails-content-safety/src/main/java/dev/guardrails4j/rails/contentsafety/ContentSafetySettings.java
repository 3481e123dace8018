package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Settings;

/** Reads the section {@code content_safety} of {@code rails.config}, contract "config and rails" 1.4. */
final class ContentSafetySettings {

    private ContentSafetySettings() {}

    /** @throws dev.guardrails4j.api.RailConfigurationException if the section asks for what is not supported */
    static boolean reasoningEnabled(Settings settings) {
        refuseMultilingual(settings.section("multilingual"));
        return settings.section("reasoning").flag("enabled", false);
    }

    private static void refuseMultilingual(Settings multilingual) {
        Settings refusalMessages = multilingual.section("refusal_messages");
        refusalMessages.keys().forEach(refusalMessages::string);
        if (multilingual.flag("enabled", false)) {
            throw multilingual.error(
                    "enabled", "refusals in the user's language are not supported yet; set it to false or remove it");
        }
    }
}
