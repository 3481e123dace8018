package dev.guardrails4j.engine.prompt;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters over texts and numbers; those of Jinja2, save for {@code indent}, which is the reference's. */
final class TextFilters {

    private static final String BEFORE_TITLE = " \t\n\r\f\u000B-({[<";

    private TextFilters() {}

    static List<Filter> all() {
        return List.of(
                text("upper", text -> text.toUpperCase(Locale.ROOT)),
                text("lower", text -> text.toLowerCase(Locale.ROOT)),
                text("trim", String::strip),
                text("title", TextFilters::title),
                text("capitalize", TextFilters::capitalize),
                text("string", text -> text),
                text("escape", TextFilters::escape),
                text("e", TextFilters::escape),
                Filter.plain("safe", (value, arguments) -> value),
                new Filter("int", List.of("default"), 0, TextFilters::toInteger),
                new Filter("float", List.of("default"), 0, TextFilters::toDecimal),
                new Filter("default", List.of("default_value", "boolean"), 0, TextFilters::orDefault),
                new Filter("d", List.of("default_value", "boolean"), 0, TextFilters::orDefault),
                new Filter("replace", List.of("old", "new", "count"), 2, TextFilters::replace),
                new Filter("truncate", List.of("length", "killwords", "end", "leeway"), 0, TextFilters::truncate),
                new Filter("indent", List.of("n_spaces"), 1, TextFilters::indent),
                new Filter(
                        "tojson",
                        List.of("indent"),
                        0,
                        (value, arguments) -> JsonText.of(value, Math.max(0, arguments.integer("indent", 0)))));
    }

    private interface Change {
        String apply(String text);
    }

    private static Filter text(String name, Change change) {
        return Filter.plain(name, (value, arguments) -> change.apply(ValueText.of(value)));
    }

    private static String title(String text) {
        StringBuilder title = new StringBuilder(text.length());
        boolean isStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            title.append(isStart ? Character.toUpperCase(c) : Character.toLowerCase(c));
            isStart = BEFORE_TITLE.indexOf(c) >= 0;
        }
        return title.toString();
    }

    private static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String escape(String text) {
        BoundedText escaped = new BoundedText(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static @Nullable Object toInteger(@Nullable Object value, FilterArguments arguments) {
        Object number = toDecimal(value);
        return number instanceof Double decimal && !decimal.isInfinite() && !decimal.isNaN()
                ? (Object) decimal.longValue()
                : arguments.value("default", 0L);
    }

    private static @Nullable Object toDecimal(@Nullable Object value, FilterArguments arguments) {
        Object number = toDecimal(value);
        return number == null ? arguments.value("default", 0.0) : number;
    }

    private static @Nullable Double toDecimal(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        }
        try {
            return value == null ? null : new BigDecimal(value.toString().strip()).doubleValue();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Object orDefault(@Nullable Object value, FilterArguments arguments) {
        boolean isMissing = value == null || (arguments.flag("boolean", false) && !Values.isTrue(value));
        return isMissing ? arguments.value("default_value", "") : value;
    }

    private static Object replace(@Nullable Object value, FilterArguments arguments) {
        String text = ValueText.of(value);
        String old = arguments.text("old", "");
        String replacement = arguments.text("new", "");
        int count = arguments.integer("count", -1);
        if (old.isEmpty()) {
            throw new TemplateException("argument 'old' of filter 'replace' must not be empty");
        }
        BoundedText result = new BoundedText(text.length());
        int from = 0;
        for (int at = text.indexOf(old); at >= 0 && count != 0; at = text.indexOf(old, from), count--) {
            result.append(text.substring(from, at)).append(replacement);
            from = at + old.length();
        }
        return result.append(text.substring(from)).toString();
    }

    private static Object truncate(@Nullable Object value, FilterArguments arguments) {
        String text = ValueText.of(value);
        String end = arguments.text("end", "...");
        int length = Math.max(arguments.integer("length", 255), end.length());
        int size = text.codePointCount(0, text.length());
        if (size <= length + (long) Math.max(0, arguments.integer("leeway", 5))) {
            return text;
        }
        int kept = Math.min(size, length - end.codePointCount(0, end.length()));
        String start = text.substring(0, text.offsetByCodePoints(0, kept));
        int lastBlank = start.lastIndexOf(' ');
        return (arguments.flag("killwords", false) || lastBlank < 0 ? start : start.substring(0, lastBlank)) + end;
    }

    /** Contract "config and rails" 1.5: indents every line, also the first; blank ones stay as they are. */
    private static Object indent(@Nullable Object value, FilterArguments arguments) {
        String blanks = " ".repeat(Math.max(0, Math.min(1_000, arguments.integer("n_spaces", 0))));
        BoundedText indented = new BoundedText();
        indented.append(ValueText.of(value)
                .lines()
                .map(line -> line.isBlank() ? line : blanks + line)
                .collect(Collectors.joining("\n")));
        return ValueText.of(value).endsWith("\n") ? indented.append('\n').toString() : indented.toString();
    }
}
