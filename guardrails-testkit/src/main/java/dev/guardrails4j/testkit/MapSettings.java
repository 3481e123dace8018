package dev.guardrails4j.testkit;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A section of a configuration given as a map; remembers which keys were read. For one thread. */
final class MapSettings implements Settings {

    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)?");

    private final String path;
    private final boolean isPresent;
    private final Map<String, Object> values;
    private final Map<String, String> environment;
    private final Set<String> readKeys = new LinkedHashSet<>();
    private final Map<String, MapSettings> sections = new LinkedHashMap<>();
    private final Map<String, List<MapSettings>> sectionLists = new LinkedHashMap<>();
    private boolean isOpened;

    /** @param environment the environment variables there are; may change */
    MapSettings(String path, boolean isPresent, Map<String, ?> values, Map<String, String> environment) {
        this.path = path;
        this.isPresent = isPresent;
        this.values = new LinkedHashMap<>(values);
        this.environment = environment;
    }

    void markOpened() {
        isOpened = true;
    }

    /** What a rail describes counts as read. */
    void describe(Setting section) {
        isOpened = true;
        if (section.type() == Setting.Type.OPEN_SECTION) {
            readKeys.addAll(values.keySet());
        }
        for (Setting setting : section.settings()) {
            readKeys.add(setting.name());
            switch (setting.type()) {
                case SECTION, OPEN_SECTION -> {
                    if (values.get(setting.name()) instanceof Map) {
                        ((MapSettings) section(setting.name())).describe(setting);
                    }
                }
                case SECTIONS -> {
                    if (values.get(setting.name()) instanceof List) {
                        sections(setting.name()).forEach(one -> ((MapSettings) one).describe(setting));
                    }
                }
                default -> {
                    // A plain value has nothing below it.
                }
            }
        }
    }

    /** The paths of what was never read: the section itself, keys of it, and of the sections below. */
    List<String> unread() {
        if (!isOpened) {
            return List.of(path);
        }
        List<String> unread = new ArrayList<>();
        for (String key : values.keySet()) {
            if (!readKeys.contains(key)) {
                unread.add(path + "." + key);
            }
        }
        sections.values().stream().filter(MapSettings::isPresent).forEach(section -> unread.addAll(section.unread()));
        sectionLists.values().forEach(list -> list.forEach(section -> unread.addAll(section.unread())));
        return unread;
    }

    @Override
    public boolean isPresent() {
        return isPresent;
    }

    @Override
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    @Override
    public String string(String key) {
        return required(key, find(key).map(value -> expect(key, value, String.class, "a string")));
    }

    @Override
    public String string(String key, String defaultValue) {
        return find(key)
                .map(value -> expect(key, value, String.class, "a string"))
                .orElse(defaultValue);
    }

    @Override
    public List<String> strings(String key) {
        return required(key, find(key).map(value -> toStrings(key, value)));
    }

    @Override
    public List<String> strings(String key, List<String> defaultValue) {
        return find(key).map(value -> toStrings(key, value)).orElse(defaultValue);
    }

    @Override
    public List<String> literals(String key, List<String> defaultValue) {
        return strings(key, defaultValue);
    }

    @Override
    public String literal(String key) {
        return string(key);
    }

    @Override
    public URI uri(String key) {
        return required(key, findUri(key));
    }

    @Override
    public URI uri(String key, URI defaultValue) {
        return findUri(key).orElse(defaultValue);
    }

    private Optional<URI> findUri(String key) {
        return find(key)
                .map(value -> expect(key, value, String.class, "a URL"))
                .filter(text -> !text.isBlank())
                .map(text -> toUri(key, text));
    }

    private URI toUri(String key, String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException noUri) {
            throw error(key, "is not a URL");
        }
        throw error(key, "must begin with http:// or https://, with a host, without user, password and #");
    }

    @Override
    public Optional<String> secret(String key, URI destination) {
        return find(key)
                .map(value -> expect(key, value, String.class, "the name of an environment variable"))
                .map(variable -> Optional.ofNullable(environment.get(variable))
                        .orElseThrow(() -> error(key, "names an environment variable that is not set")));
    }

    @Override
    public int integer(String key, int defaultValue) {
        return find(key)
                .map(value -> expect(key, value, Integer.class, "a whole number"))
                .orElse(defaultValue);
    }

    @Override
    public double number(String key, double defaultValue) {
        return find(key)
                .map(value -> expect(key, value, Number.class, "a number"))
                .map(Number::doubleValue)
                .orElse(defaultValue);
    }

    @Override
    public boolean flag(String key, boolean defaultValue) {
        return find(key)
                .map(value -> expect(key, value, Boolean.class, "true or false"))
                .orElse(defaultValue);
    }

    @Override
    public Duration duration(String key, Duration defaultValue) {
        return find(key).map(value -> toDuration(key, value)).orElse(defaultValue);
    }

    @Override
    public Settings section(String key) {
        return sections.computeIfAbsent(
                key,
                it -> find(it).map(value -> toSection(it, value))
                        .orElseGet(() -> new MapSettings(path + "." + it, false, Map.of(), environment)));
    }

    @Override
    public List<Settings> sections(String key) {
        return List.copyOf(sectionLists.computeIfAbsent(
                key, it -> find(it).map(value -> toSections(it, value)).orElse(List.of())));
    }

    @Override
    public RailConfigurationException error(String key, String problem) {
        return new RailConfigurationException(path + "." + key + ": " + problem);
    }

    private Optional<Object> find(String key) {
        readKeys.add(key);
        return Optional.ofNullable(values.get(key));
    }

    private <T> T required(String key, Optional<T> value) {
        return value.orElseThrow(() -> error(key, "is missing"));
    }

    private <T> T expect(String key, Object value, Class<T> type, String kind) {
        if (!type.isInstance(value)) {
            throw error(key, "must be " + kind);
        }
        return type.cast(value);
    }

    private List<String> toStrings(String key, Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(item -> expect(key, item, String.class, "a list of strings"))
                        .toList()
                : List.of(expect(key, value, String.class, "a list of strings"));
    }

    private Duration toDuration(String key, Object value) {
        Matcher matcher = DURATION.matcher(String.valueOf(value));
        if (!matcher.matches()) {
            throw error(key, "must be a number of seconds, or a number with its unit (250ms, 5s, 2m)");
        }
        String unit = Optional.ofNullable(matcher.group(2)).orElse("s");
        long millis = unit.equals("ms") ? 1 : unit.equals("s") ? 1_000 : unit.equals("m") ? 60_000 : 3_600_000;
        return Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millis))
                .longValue());
    }

    private List<MapSettings> toSections(String key, Object value) {
        if (!(value instanceof List<?> list)) {
            throw error(key, "must be a list of maps");
        }
        List<MapSettings> made = new ArrayList<>();
        list.forEach(item -> made.add(toSection(key + "[" + made.size() + "]", item)));
        return List.copyOf(made);
    }

    private MapSettings toSection(String key, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw error(key, "must be a map");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((entry, item) -> entries.put(String.valueOf(entry), item));
        MapSettings section = new MapSettings(path + "." + key, true, entries, environment);
        section.markOpened();
        return section;
    }
}
