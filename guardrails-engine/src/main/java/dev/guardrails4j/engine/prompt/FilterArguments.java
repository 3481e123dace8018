package dev.guardrails4j.engine.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one use of a filter, by the names of its parameters. Immutable. */
final class FilterArguments {

    private final Filter filter;
    private final Map<String, @Nullable Object> values;

    private FilterArguments(Filter filter, Map<String, @Nullable Object> values) {
        this.filter = filter;
        this.values = values;
    }

    static FilterArguments of(
            Filter filter,
            List<? extends @Nullable Object> positional,
            Map<String, ? extends @Nullable Object> keywords) {
        Map<String, @Nullable Object> values = new HashMap<>(keywords);
        for (int i = 0; i < positional.size(); i++) {
            values.put(filter.parameters().get(i), positional.get(i));
        }
        return new FilterArguments(filter, values);
    }

    @Nullable
    Object value(String name, @Nullable Object defaultValue) {
        return values.containsKey(name) ? values.get(name) : defaultValue;
    }

    String text(String name, String defaultValue) {
        Object value = value(name, defaultValue);
        if (value instanceof CharSequence) {
            return value.toString();
        }
        throw wrong(name, "a text");
    }

    int integer(String name, int defaultValue) {
        Object value = value(name, defaultValue);
        if (value instanceof Long || value instanceof Integer) {
            long number = ((Number) value).longValue();
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
        }
        throw wrong(name, "a whole number");
    }

    boolean flag(String name, boolean defaultValue) {
        return Values.isTrue(value(name, defaultValue));
    }

    private TemplateException wrong(String name, String expected) {
        return new TemplateException("argument '" + name + "' of filter '" + filter.name() + "' must be " + expected);
    }
}
