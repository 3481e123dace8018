package dev.guardrails4j.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Describes one key that a rail reads, in a section of {@code rails.config} or as a parameter of its flow reference:
 *
 * <pre>{@code
 * Setting.section("competitor_check", "Whose names must not be said.",
 *         Setting.strings("names", "The competitors' names.").required(),
 *         Setting.flag("whole_words", "Whether a name counts only as a whole word.").defaultsTo(true))
 * }</pre>
 *
 * <p>With it the engine finds wrong, missing and misspelt settings before the rail is configured, and shows what can be
 * set. Immutable; safe for use by many threads.
 *
 * @since 0.1
 */
public final class Setting {

    private static final String DURATION = "^[0-9]{1,9}(\\.[0-9]{1,9})? *(ms|s|m)$";

    private final String name;
    private final Type type;
    private final String description;
    private final boolean required;
    private final Optional<Object> defaultValue;
    private final OptionalDouble least;
    private final OptionalDouble most;
    private final List<String> choices;
    private final List<Setting> settings;

    /** What a value is, and which method of {@link Settings} reads it. */
    public enum Type {
        /** Read by {@link Settings#string}. */
        STRING,
        /** Read by {@link Settings#strings}. */
        STRINGS,
        /** Read by {@link Settings#integer}. */
        INTEGER,
        /** Read by {@link Settings#number}. */
        NUMBER,
        /** Read by {@link Settings#flag}. */
        FLAG,
        /** Read by {@link Settings#duration}. */
        DURATION,
        /** Read by {@link Settings#section}. */
        SECTION,
        /** Read by {@link Settings#sections}. */
        SECTIONS,
        /** A section whose keys the configuration's author chooses; read by {@link Settings#section}. */
        OPEN_SECTION
    }

    private Setting(
            String name,
            Type type,
            String description,
            boolean required,
            Optional<Object> defaultValue,
            OptionalDouble least,
            OptionalDouble most,
            List<String> choices,
            List<Setting> settings) {
        this.name = name;
        this.type = type;
        this.description = description;
        this.required = required;
        this.defaultValue = defaultValue;
        this.least = least;
        this.most = most;
        this.choices = choices;
        this.settings = settings;
    }

    private static Setting of(String name, Type type, String description, List<String> choices, Setting... settings) {
        Objects.requireNonNull(description, "description is null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a setting is blank");
        }
        Set<String> names = new HashSet<>();
        for (Setting setting : settings) {
            if (!names.add(setting.name)) {
                throw new IllegalArgumentException(name + " has two settings of the name " + setting.name);
            }
        }
        return new Setting(
                name,
                type,
                description,
                false,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.copyOf(choices),
                List.of(settings));
    }

    /** A text. */
    public static Setting string(String name, String description) {
        return of(name, Type.STRING, description, List.of());
    }

    /** A text that is one of these, at least one. */
    public static Setting oneOf(String name, String description, String... choices) {
        if (choices.length == 0) {
            throw new IllegalArgumentException(name + " has no choices");
        }
        return of(name, Type.STRING, description, List.of(choices));
    }

    /** A list of texts; a single text is a list of one. */
    public static Setting strings(String name, String description) {
        return of(name, Type.STRINGS, description, List.of());
    }

    /** A whole number. */
    public static Setting integer(String name, String description) {
        return of(name, Type.INTEGER, description, List.of());
    }

    /** A number. */
    public static Setting number(String name, String description) {
        return of(name, Type.NUMBER, description, List.of());
    }

    /** True or false. */
    public static Setting flag(String name, String description) {
        return of(name, Type.FLAG, description, List.of());
    }

    /** A length of time: a number of seconds, or a number with its unit ({@code 250ms}, {@code 5s}, {@code 2m}). */
    public static Setting duration(String name, String description) {
        return of(name, Type.DURATION, description, List.of());
    }

    /** A section with these keys and no others. */
    public static Setting section(String name, String description, Setting... settings) {
        return of(name, Type.SECTION, description, List.of(), settings);
    }

    /** A list of sections, each with these keys and no others. */
    public static Setting sections(String name, String description, Setting... settings) {
        return of(name, Type.SECTIONS, description, List.of(), settings);
    }

    /** A section whose keys the configuration's author chooses: the rail itself says which are wrong. */
    public static Setting openSection(String name, String description) {
        return of(name, Type.OPEN_SECTION, description, List.of());
    }

    /** The same, but a section that does not set it is an error. */
    public Setting required() {
        return new Setting(name, type, description, true, defaultValue, least, most, choices, settings);
    }

    /** The same with the value that holds if nobody sets it, as it would be written: a string, number, boolean or list. */
    public Setting defaultsTo(Object value) {
        Objects.requireNonNull(value, "value is null");
        return new Setting(name, type, description, required, Optional.of(value), least, most, choices, settings);
    }

    /**
     * The same for a number that must be within these limits, themselves included.
     *
     * @throws IllegalStateException if it is not a number
     */
    public Setting between(double lowest, double highest) {
        if (type != Type.INTEGER && type != Type.NUMBER) {
            throw new IllegalStateException(name + " is not a number");
        }
        return new Setting(
                name,
                type,
                description,
                required,
                defaultValue,
                OptionalDouble.of(lowest),
                OptionalDouble.of(highest),
                choices,
                settings);
    }

    /** The key; for a parameter, without the {@code $}. */
    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    /** What it is for, in one sentence; may be empty. */
    public String description() {
        return description;
    }

    public boolean isRequired() {
        return required;
    }

    /** What holds if nobody sets it; empty if the rail does not say, or if there is no such value. */
    public Optional<Object> defaultValue() {
        return defaultValue;
    }

    /** The lowest value of a number, if there is one. */
    public OptionalDouble least() {
        return least;
    }

    /** The highest value of a number, if there is one. */
    public OptionalDouble most() {
        return most;
    }

    /** What a text may be; empty if it may be any. Unmodifiable. */
    public List<String> choices() {
        return choices;
    }

    /** The keys of a section, or of each section of a list; unmodifiable. */
    public List<Setting> settings() {
        return settings;
    }

    /** The JSON Schema (2020-12) of the value, in JSON-like values; unmodifiable. */
    public Map<String, Object> jsonSchema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (!description.isEmpty()) {
            schema.put("description", description);
        }
        schema.putAll(
                switch (type) {
                    case STRING -> Map.of("type", "string");
                    case STRINGS -> Map.of("type", List.of("string", "array"), "items", Map.of("type", "string"));
                    case INTEGER -> Map.of("type", "integer");
                    case NUMBER -> Map.of("type", "number");
                    case FLAG -> Map.of("type", "boolean");
                    case DURATION -> Map.of("type", List.of("string", "number"), "pattern", DURATION, "minimum", 0);
                    case SECTION -> jsonSchema(settings);
                    case SECTIONS -> Map.of("type", "array", "items", jsonSchema(settings));
                    case OPEN_SECTION -> Map.of("type", "object");
                });
        if (!choices.isEmpty()) {
            schema.put("enum", choices);
        }
        least.ifPresent(limit -> schema.put("minimum", limit));
        most.ifPresent(limit -> schema.put("maximum", limit));
        defaultValue.ifPresent(value -> schema.put("default", value));
        return Collections.unmodifiableMap(schema);
    }

    /** The JSON Schema (2020-12) of an object with these keys and no others, in JSON-like values; unmodifiable. */
    public static Map<String, Object> jsonSchema(List<Setting> settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Setting setting : settings) {
            properties.put(setting.name, setting.jsonSchema());
            if (setting.required) {
                required.add(setting.name);
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Collections.unmodifiableMap(properties));
        if (!required.isEmpty()) {
            schema.put("required", List.copyOf(required));
        }
        schema.put("additionalProperties", false);
        return Collections.unmodifiableMap(schema);
    }

    /** {@code names: STRINGS}. */
    @Override
    public String toString() {
        return name + ": " + type;
    }
}
