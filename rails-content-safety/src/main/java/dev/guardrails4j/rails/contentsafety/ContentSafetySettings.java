package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import java.util.List;

/** Reads the section {@code content_safety} of {@code rails.config}, contract "config and rails" 1.4. */
final class ContentSafetySettings {

    static final List<Setting> DESCRIPTION = List.of(Setting.section(
            "content_safety",
            "How safety models are asked.",
            Setting.section(
                    "reasoning",
                    "Thinking before the answer.",
                    Setting.flag("enabled", "Whether the model is to think.").defaultsTo(false)),
            Setting.section(
                    "multilingual",
                    "Refusals in the user's language; not supported yet.",
                    Setting.flag("enabled", "Must be false.").defaultsTo(false),
                    Setting.openSection("refusal_messages", "A refusal by language."))));

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
