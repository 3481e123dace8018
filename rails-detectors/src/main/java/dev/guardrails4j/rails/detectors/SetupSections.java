package dev.guardrails4j.rails.detectors;

import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reads a section of the configuration that has one section below it for each stage that a family of rails runs at. */
public final class SetupSections {

    private SetupSections() {}

    /**
     * What the section says for the stage that the rail is listed at. The other stages' are read, too: they are another
     * mention's, but what nobody reads would be reported as unknown.
     *
     * @param stages that may have a section
     * @param read reads one; throws if it is wrong
     */
    public static <T> T own(RailSetup setup, String section, Set<Stage> stages, Function<Settings, T> read) {
        Settings settings = setup.settings(section);
        Map<Stage, T> all = new EnumMap<>(Stage.class);
        stages.forEach(stage -> all.put(stage, read.apply(settings.section(key(stage)))));
        return Objects.requireNonNull(all.get(setup.stage()), "the rail is not for this stage");
    }

    /** Describes such a section: the same settings for each stage. */
    public static Setting describe(String section, String description, Set<Stage> stages, Setting... settings) {
        return Setting.section(
                section,
                description,
                stages.stream()
                        .sorted()
                        .map(stage -> Setting.section(key(stage), "What is checked at this stage.", settings))
                        .toArray(Setting[]::new));
    }

    private static String key(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
