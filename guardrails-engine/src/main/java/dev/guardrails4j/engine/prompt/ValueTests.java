package dev.guardrails4j.engine.prompt;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tests that may follow {@code is} and {@code is not} in a template. */
final class ValueTests {

    private static final Map<String, Predicate<@Nullable Object>> TESTS = new TreeMap<>(Map.ofEntries(
            Map.entry("defined", value -> value != null),
            Map.entry("undefined", value -> value == null),
            Map.entry("none", value -> value == null),
            Map.entry("string", CharSequence.class::isInstance),
            Map.entry("number", value -> value instanceof Number || value instanceof Boolean),
            Map.entry("boolean", Boolean.class::isInstance),
            Map.entry("mapping", Map.class::isInstance),
            Map.entry("sequence", ValueTests::isSequence),
            Map.entry("iterable", ValueTests::isSequence),
            Map.entry("true", Boolean.TRUE::equals),
            Map.entry("false", Boolean.FALSE::equals)));

    private ValueTests() {}

    /** Their names, sorted. */
    static Set<String> names() {
        return TESTS.keySet();
    }

    /**
     * @param name one of {@link #names()}
     * @param value null if it is undefined
     */
    static boolean test(String name, @Nullable Object value) {
        Predicate<@Nullable Object> test = TESTS.get(name);
        if (test == null) {
            throw new TemplateException("unknown test '" + name + "'");
        }
        return test.test(value);
    }

    private static boolean isSequence(@Nullable Object value) {
        return value instanceof List || value instanceof Map || value instanceof CharSequence;
    }
}
