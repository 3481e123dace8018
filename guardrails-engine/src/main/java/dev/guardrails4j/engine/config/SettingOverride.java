package dev.guardrails4j.engine.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value in place of a settings file's.
 *
 * @param origin what it is called in problems: {@code "--set threads.ttl"}
 * @param key the way to it, {@code "threads.ttl"}
 * @param value YAML of one line: {@code "7d"}, {@code "[a, b]"}
 */
public record SettingOverride(String origin, String key, String value) {

    private static final String PART = "[A-Za-z0-9_-]+";
    private static final Pattern FORM = Pattern.compile("(" + PART + "(?:\\." + PART + ")*)=(\\P{Cntrl}*)");

    /**
     * Reads {@code threads.ttl=7d}.
     *
     * @param where it is written: {@code "--set"}
     * @throws IllegalArgumentException if it is not written so
     */
    public static SettingOverride parse(String where, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    where + " takes a key and a value in one line, such as threads.ttl=7d or workspaces=[a, b]");
        }
        return new SettingOverride(where + " " + form.group(1), form.group(1), form.group(2));
    }

    String yaml() {
        String[] parts = key.split("\\.");
        return "{" + String.join(": {", parts) + ": " + value + "}".repeat(parts.length);
    }
}
