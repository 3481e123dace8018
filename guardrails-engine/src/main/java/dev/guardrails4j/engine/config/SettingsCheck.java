package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.Setting;
import java.util.ArrayList;
import java.util.List;

/** Holds a section of a configuration against the description that its rail gives of it. */
public final class SettingsCheck {

    private final List<Problem> problems = new ArrayList<>();

    private SettingsCheck() {}

    /** What is wrong with the values of a section, each with file, line and key. Unknown keys are not looked for. */
    public static List<Problem> problems(ConfigNode section, List<Setting> described) {
        SettingsCheck check = new SettingsCheck();
        check.section(section, described);
        return List.copyOf(check.problems);
    }

    private void section(ConfigNode section, List<Setting> described) {
        for (Setting setting : described) {
            ConfigNode value = section.entries().get(setting.name());
            if (value != null && !value.isNull()) {
                attempt(value, setting);
            } else if (setting.isRequired()) {
                problems.addAll(
                        Values.missing(section, setting.name(), due(setting)).problems());
            }
        }
    }

    private void attempt(ConfigNode value, Setting setting) {
        try {
            value(value, setting);
        } catch (InvalidConfigException wrong) {
            problems.addAll(wrong.problems());
        }
    }

    private void value(ConfigNode value, Setting setting) {
        switch (setting.type()) {
            case STRING -> {
                String text = Values.string(value);
                if (!setting.choices().isEmpty() && !setting.choices().contains(text)) {
                    throw Values.wrong(value, "must be " + due(setting));
                }
            }
            case STRINGS -> Values.strings(value);
            case INTEGER -> {
                Values.integer(value);
                range(value, setting);
            }
            case NUMBER -> {
                Values.number(value);
                range(value, setting);
            }
            case FLAG -> Values.flag(value);
            case DURATION -> Values.duration(value);
            case SECTION -> section(Values.map(value), setting.settings());
            case SECTIONS ->
                Values.list(value)
                        .forEach(item -> attempt(
                                item,
                                Setting.section(
                                        setting.name(), "", setting.settings().toArray(Setting[]::new))));
            case OPEN_SECTION -> Values.map(value);
        }
    }

    private static void range(ConfigNode value, Setting setting) {
        if (setting.least().isPresent() || setting.most().isPresent()) {
            Values.number(
                    value,
                    setting.least().orElse(-Double.MAX_VALUE),
                    setting.most().orElse(Double.MAX_VALUE));
        }
    }

    private static String due(Setting setting) {
        return switch (setting.type()) {
            case STRING -> setting.choices().isEmpty() ? "a string" : "one of " + String.join(", ", setting.choices());
            case STRINGS -> "a list of strings";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case FLAG -> "true or false";
            case DURATION -> "a length of time such as 250ms, 5s or 2m";
            case SECTION, OPEN_SECTION -> "a map";
            case SECTIONS -> "a list of maps";
        };
    }
}
