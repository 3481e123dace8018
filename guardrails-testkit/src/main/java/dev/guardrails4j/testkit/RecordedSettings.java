package dev.guardrails4j.testkit;

import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches which keys of a section a rail reads, and as what, to hold them against its description. For one thread. */
final class RecordedSettings implements InvocationHandler {

    private static final Map<String, Setting.Type> TYPES = Map.ofEntries(
            Map.entry("string", Setting.Type.STRING),
            Map.entry("strings", Setting.Type.STRINGS),
            Map.entry("literal", Setting.Type.STRING),
            Map.entry("literals", Setting.Type.STRINGS),
            Map.entry("integer", Setting.Type.INTEGER),
            Map.entry("number", Setting.Type.NUMBER),
            Map.entry("flag", Setting.Type.FLAG),
            Map.entry("duration", Setting.Type.DURATION),
            Map.entry("uri", Setting.Type.STRING),
            Map.entry("secret", Setting.Type.STRING),
            Map.entry("section", Setting.Type.SECTION),
            Map.entry("sections", Setting.Type.SECTIONS));

    private final Settings settings;
    private final Map<String, Setting.Type> reads = new LinkedHashMap<>();
    private final Map<String, List<RecordedSettings>> below = new LinkedHashMap<>();

    RecordedSettings(Settings settings) {
        this.settings = settings;
    }

    /** What the rail is given in place of the settings. */
    Settings watched() {
        return (Settings)
                Proxy.newProxyInstance(Settings.class.getClassLoader(), new Class<?>[] {Settings.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Setting.Type type = TYPES.get(method.getName());
        Object result;
        try {
            if (type != null && arguments != null) {
                reads.put(String.valueOf(arguments[0]), type);
            }
            result = method.invoke(settings, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
        if (arguments != null && type == Setting.Type.SECTION && result instanceof Settings section) {
            return watch(String.valueOf(arguments[0]), section);
        }
        if (arguments != null && type == Setting.Type.SECTIONS && result instanceof List<?> sections) {
            String key = String.valueOf(arguments[0]);
            return sections.stream()
                    .map(section -> watch(key, (Settings) section))
                    .toList();
        }
        return result;
    }

    private Settings watch(String key, Settings section) {
        RecordedSettings recorded = new RecordedSettings(section);
        below.computeIfAbsent(key, unread -> new ArrayList<>()).add(recorded);
        return recorded.watched();
    }

    /** Where what was read differs from what is described; empty if nowhere. */
    List<String> differences(String path, List<Setting> described) {
        List<String> differences = new ArrayList<>();
        for (Setting setting : described) {
            if (!reads.containsKey(setting.name())) {
                differences.add(path + "." + setting.name() + " is described and was not read");
            }
        }
        reads.forEach((key, type) -> {
            Optional<Setting> found = described.stream()
                    .filter(setting -> setting.name().equals(key))
                    .findFirst();
            if (found.isEmpty()) {
                differences.add(path + "." + key + " was read and is not described");
            } else if (!isSame(type, found.get().type())) {
                differences.add(path + "." + key + " was read as " + type + " and is described as "
                        + found.get().type());
            } else if (found.get().type() != Setting.Type.OPEN_SECTION) {
                below.getOrDefault(key, List.of())
                        .forEach(section -> differences.addAll(section.differences(
                                path + "." + key, found.get().settings())));
            }
        });
        return differences;
    }

    private static boolean isSame(Setting.Type read, Setting.Type described) {
        return read == described || (read == Setting.Type.SECTION && described == Setting.Type.OPEN_SECTION);
    }
}
