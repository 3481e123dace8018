package dev.guardrails4j.rails.detectors.pii;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.SetupSections;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The section {@code sensitive_data_detection}, contract "config and rails" 1.4, for one stage.
 *
 * @param detector finds what the stage asks for
 * @param reversible whether what is masked comes back in the answer
 */
record SensitiveDataSettings(SensitiveDataDetector detector, boolean reversible) {

    /** Presidio's, as the reference uses it. */
    static final double DEFAULT_THRESHOLD = 0.2;

    static final List<String> DEFAULT_PHONE_REGIONS =
            List.of("US", "GB", "DE", "FR", "ES", "IT", "NL", "AU", "IN", "BR", "IL");

    private static final Set<Stage> STAGES = Set.of(Stage.INPUT, Stage.OUTPUT, Stage.RETRIEVAL);
    private static final String SECTION = "sensitive_data_detection";
    private static final String PHONE_REGIONS = "phone_regions";
    private static final String ENTITIES = "entities";
    private static final String THRESHOLD = "score_threshold";
    private static final String REVERSIBLE = "reversible";
    private static final int MAX_PHONE_REGIONS = 30;

    static final List<Setting> DESCRIPTION = describe();

    private static List<Setting> describe() {
        List<Setting> settings = new ArrayList<>(List.of(
                CustomRecognizers.DESCRIPTION,
                Setting.strings(
                                PHONE_REGIONS,
                                "Regions by ISO 3166 whose phone numbers count without a country code; 30 at most.")
                        .defaultsTo(DEFAULT_PHONE_REGIONS)));
        settings.addAll(SetupSections.describe(
                        SECTION,
                        "",
                        STAGES,
                        Setting.strings(ENTITIES, "The kinds that are looked for, by Presidio's names."),
                        Setting.number(THRESHOLD, "How sure a finding must be.")
                                .between(0, 1)
                                .defaultsTo(DEFAULT_THRESHOLD),
                        Setting.strings("allow_list", "Texts that are never found."),
                        Setting.flag(REVERSIBLE, "Whether what is masked comes back in the answer; not for the output.")
                                .defaultsTo(false),
                        Setting.string("mask_token", "Read for the reference's sake; masks are the kinds' names."))
                .settings());
        return List.of(Setting.section(
                SECTION, "Which sensitive data are looked for at each stage.", settings.toArray(Setting[]::new)));
    }

    static SensitiveDataSettings read(RailSetup setup) {
        Settings section = setup.settings(SECTION);
        Map<String, List<Recognizer>> custom = CustomRecognizers.read(section, setup.isTrusted());
        List<String> regions = phoneRegions(section);
        String own = setup.stage().name().toLowerCase(Locale.ROOT);
        // The other stages are another rail's, but what nobody reads would be reported as unknown.
        STAGES.stream()
                .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                .filter(stage -> !stage.equals(own))
                .forEach(stage -> read(stage, section.section(stage), Map.of(), List.of()));
        return read(own, section.section(own), custom, regions);
    }

    private static SensitiveDataSettings read(
            String key, Settings stage, Map<String, List<Recognizer>> custom, List<String> regions) {
        // The reference reads it, and masks with the name of the entity whatever it says.
        stage.string("mask_token", "*");
        double threshold = stage.number(THRESHOLD, DEFAULT_THRESHOLD);
        if (threshold < 0 || threshold > 1) {
            throw stage.error(THRESHOLD, "must be from 0 to 1");
        }
        Set<String> allowed = stage.literals("allow_list", List.of()).stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> entities = new LinkedHashSet<>(stage.strings(ENTITIES, List.of()));
        boolean reversible = stage.flag(REVERSIBLE, false);
        if (reversible && key.equals("output")) {
            throw stage.error(
                    REVERSIBLE, "is for input and retrieval: there is no answer after the output to restore in");
        }
        List<Recognizer> recognizers = new ArrayList<>();
        if (!regions.isEmpty()) {
            requireKnown(stage, entities, custom);
            recognizers.addAll(EntityTypes.recognizers(entities, regions));
            entities.forEach(entity -> recognizers.addAll(custom.getOrDefault(entity, List.of())));
        }
        return new SensitiveDataSettings(
                new SensitiveDataDetector(entities, threshold, allowed, recognizers), reversible);
    }

    private static void requireKnown(Settings stage, Set<String> entities, Map<String, List<Recognizer>> custom) {
        Set<String> known = EntityTypes.all();
        for (String entity : entities) {
            if (!known.contains(entity) && !custom.containsKey(entity)) {
                throw stage.error(
                        ENTITIES,
                        "unknown entity '" + entity + "', and no recognizer finds it" + EntityTypes.suggestion(entity));
            }
        }
    }

    private static List<String> phoneRegions(Settings section) {
        List<String> regions = section.strings(PHONE_REGIONS, DEFAULT_PHONE_REGIONS);
        Set<String> supported = PhoneNumberUtil.getInstance().getSupportedRegions();
        for (String region : regions) {
            if (!supported.contains(region)) {
                throw section.error(
                        PHONE_REGIONS, "unknown region '" + region + "'; use codes of ISO 3166: US, GB, DE");
            }
        }
        if (regions.isEmpty() || regions.size() > MAX_PHONE_REGIONS) {
            throw section.error(PHONE_REGIONS, "must have 1 to " + MAX_PHONE_REGIONS + " regions");
        }
        return regions;
    }
}
