package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Message;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filter {@code tojson}: JSON as Jinja2 writes it, with sorted keys, a blank after commas and colons, and everything
 * but plain ASCII escaped, as are {@code <}, {@code >}, {@code &} and {@code '}.
 */
final class JsonText {

    private static final int MAX_DEPTH = 50;

    private final BoundedText out = new BoundedText();
    private final int indent;

    private JsonText(int indent) {
        this.indent = indent;
    }

    /**
     * @param indent the blanks a level, for a text of many lines; 0 for one line
     * @throws TemplateException if the text becomes too long, or the value is nested too deep
     */
    static String of(@Nullable Object value, int indent) {
        JsonText json = new JsonText(Math.min(indent, 16));
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new TemplateException("a value is nested more than " + MAX_DEPTH + " deep");
        }
        if (value == null || value instanceof Boolean) {
            out.append(String.valueOf(value));
        } else if (value instanceof Number number) {
            out.append(ValueText.ofNumber(number));
        } else if (value instanceof Message message) {
            writeObject(Values.asMap(message), depth);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map, depth);
        } else if (value instanceof Collection<?> items) {
            writeArray(items, depth);
        } else {
            writeString(value.toString());
        }
    }

    private void writeObject(Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        boolean[] isFirst = {true};
        map.entrySet().stream()
                .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                .forEach(entry -> {
                    startItem(isFirst[0], depth + 1);
                    isFirst[0] = false;
                    writeString(String.valueOf(entry.getKey()));
                    out.append(": ");
                    write(entry.getValue(), depth + 1);
                });
        startLine(depth);
        out.append('}');
    }

    private void writeArray(Collection<?> items, int depth) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        boolean isFirst = true;
        for (Object item : items) {
            startItem(isFirst, depth + 1);
            isFirst = false;
            write(item, depth + 1);
        }
        startLine(depth);
        out.append(']');
    }

    private void startItem(boolean isFirst, int depth) {
        if (!isFirst) {
            out.append(indent > 0 ? "," : ", ");
        }
        startLine(depth);
    }

    private void startLine(int depth) {
        if (indent > 0) {
            out.append('\n').append(" ".repeat(indent * depth));
        }
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            writeCharacter(text.charAt(i));
        }
        out.append('"');
    }

    private void writeCharacter(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < ' ' || c > '~' || "<>&'".indexOf(c) >= 0) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
