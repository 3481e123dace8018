package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** Spells lists of strings, and types, as the reference does in its messages: {@code ['a', 'b']}, {@code str}. */
public final class PythonText {

    private PythonText() {}

    /** The list on one line, without control characters. */
    public static String list(List<String> items) {
        return items.stream().map(PythonText::string).collect(Collectors.joining(", ", "[", "]"));
    }

    /** What the reference calls the type of a value. */
    public static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "str";
            case NUMBER -> value.isIntegralNumber() ? "int" : "float";
            case BOOLEAN -> "bool";
            case ARRAY -> "list";
            case OBJECT -> "dict";
            default -> "NoneType";
        };
    }

    private static String string(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder spelled = new StringBuilder().append(quote);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\\' -> spelled.append("\\\\");
                case '\n' -> spelled.append("\\n");
                case '\r' -> spelled.append("\\r");
                case '\t' -> spelled.append("\\t");
                default -> append(spelled, point, quote);
            }
        });
        return spelled.append(quote).toString();
    }

    private static void append(StringBuilder spelled, int point, char quote) {
        if (point == quote) {
            spelled.append('\\').append(quote);
        } else if (isPrintable(point)) {
            spelled.appendCodePoint(point);
        } else {
            spelled.append(
                    point < 0x100
                            ? "\\x%02x".formatted(point)
                            : point < 0x10000 ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point));
        }
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
