package dev.guardrails4j.engine.prompt;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters over lists, as Jinja2 has them. */
final class ListFilters {

    private ListFilters() {}

    static List<Filter> all() {
        return List.of(
                Filter.plain("length", (value, arguments) -> length(value)),
                Filter.plain("count", (value, arguments) -> length(value)),
                Filter.plain("first", (value, arguments) -> at(value, 0)),
                Filter.plain("last", (value, arguments) -> at(value, -1)),
                Filter.plain("list", (value, arguments) -> Values.items(value)),
                new Filter("join", List.of("d", "attribute"), 0, ListFilters::join));
    }

    private static Object length(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return (long) Character.codePointCount(text, 0, text.length());
        }
        if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        return value instanceof Collection<?> items
                ? (long) items.size()
                : Values.items(value).size();
    }

    private static @Nullable Object at(@Nullable Object value, int index) {
        List<@Nullable Object> items = Values.items(value);
        return items.isEmpty() ? null : items.get(index < 0 ? items.size() + index : index);
    }

    private static Object join(@Nullable Object value, FilterArguments arguments) {
        String separator = arguments.text("d", "");
        Object attribute = arguments.value("attribute", null);
        BoundedText joined = new BoundedText();
        boolean isFirst = true;
        for (Object item : Values.items(value)) {
            joined.append(isFirst ? "" : separator);
            ValueText.write(attribute == null ? item : Values.access(item, attribute), joined);
            isFirst = false;
        }
        return joined.toString();
    }
}
