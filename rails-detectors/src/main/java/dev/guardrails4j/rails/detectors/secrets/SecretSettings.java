package dev.guardrails4j.rails.detectors.secrets;

import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.SetupSections;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The section {@code secrets_detection}: which kinds of secrets are looked for, all unless it says otherwise, and which texts
 * are none. A stage's own section, if there is one, holds instead of what is said for all.
 */
final class SecretSettings {

    private static final String SECTION = "secrets_detection";
    private static final Set<Stage> STAGES = Set.of(Stage.INPUT, Stage.OUTPUT, Stage.RETRIEVAL);
    private static final String TYPES = "types";

    static final List<Setting> DESCRIPTION = describe();

    private final Set<String> types;
    private final Set<String> ignored;
    private final Set<String> allowed;

    private SecretSettings(Settings settings, Set<String> typesByDefault) {
        this.types = types(settings, TYPES, typesByDefault);
        this.ignored = types(settings, "ignore", Set.of());
        this.allowed = Set.copyOf(settings.literals("allow_list", List.of()));
    }

    private static List<Setting> describe() {
        List<Setting> settings = new ArrayList<>(List.of(
                Setting.strings(TYPES, "The kinds that are looked for; all that are known."),
                Setting.strings("ignore", "Kinds that are not looked for."),
                Setting.strings("allow_list", "Texts that are never taken for secrets.")));
        Setting[] each = settings.toArray(Setting[]::new);
        settings.addAll(SetupSections.describe(SECTION, "", STAGES, each).settings());
        return List.of(Setting.section(
                SECTION, "Which secrets are looked for, at all stages and at each.", settings.toArray(Setting[]::new)));
    }

    /** Reads the settings; throws if a kind is unknown. */
    static SecretDetector detector(RailSetup setup) {
        Settings section = setup.settings(SECTION);
        SecretSettings shared = new SecretSettings(section, SecretDetector.knownTypes());
        return SetupSections.own(
                setup, SECTION, STAGES, stage -> new SecretSettings(stage, shared.types).detector(shared));
    }

    private SecretDetector detector(SecretSettings shared) {
        Set<String> wanted = new TreeSet<>(types);
        wanted.removeAll(ignored);
        wanted.removeAll(shared.ignored);
        Set<String> none = new TreeSet<>(allowed);
        none.addAll(shared.allowed);
        return new SecretDetector(wanted, none);
    }

    private static Set<String> types(Settings settings, String key, Set<String> byDefault) {
        Set<String> known = SecretDetector.knownTypes();
        List<String> types = settings.strings(key, new ArrayList<>(byDefault));
        for (String type : types) {
            if (!known.contains(type)) {
                throw settings.error(key, "unknown secret '" + type + "'; known are " + String.join(", ", known));
            }
        }
        return Set.copyOf(types);
    }
}
