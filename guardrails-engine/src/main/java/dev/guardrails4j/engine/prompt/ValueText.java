package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Message;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a value is written into a text: as Python writes it, for that is what Jinja2 does and prompts were tried with.
 * Undefined values are written as nothing.
 */
final class ValueText {

    private static final int MAX_DEPTH = 50;

    private ValueText() {}

    static String of(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        BoundedText text = new BoundedText();
        write(value, text);
        return text.toString();
    }

    /** @throws TemplateException if the text becomes too long, or the value is nested too deep */
    static void write(@Nullable Object value, BoundedText out) {
        if (value == null) {
            return;
        }
        if (isStructured(value)) {
            writeLiteral(value, out, 0);
        } else {
            out.append(value.toString());
        }
    }

    private static boolean isStructured(Object value) {
        return value instanceof Boolean
                || value instanceof Number
                || value instanceof Message
                || value instanceof Map
                || value instanceof Collection;
    }

    private static void writeLiteral(@Nullable Object value, BoundedText out, int depth) {
        if (depth > MAX_DEPTH) {
            throw new TemplateException("a value is nested more than " + MAX_DEPTH + " deep");
        }
        if (value == null) {
            out.append("None");
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value instanceof Number number) {
            out.append(ofNumber(number));
        } else if (value instanceof Message message) {
            writeMap(Values.asMap(message), out, depth);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, out, depth);
        } else if (value instanceof Collection<?> items) {
            writeList(items, out, depth);
        } else {
            writeQuoted(value.toString(), out);
        }
    }

    private static void writeMap(Map<?, ?> map, BoundedText out, int depth) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            writeLiteral(entry.getKey(), out, depth + 1);
            out.append(": ");
            writeLiteral(entry.getValue(), out, depth + 1);
            separator = ", ";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private static void writeList(Collection<?> items, BoundedText out, int depth) {
        String separator = "[";
        for (Object item : items) {
            out.append(separator);
            writeLiteral(item, out, depth + 1);
            separator = ", ";
        }
        out.append(items.isEmpty() ? "[]" : "]");
    }

    private static void writeQuoted(String text, BoundedText out) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> writeCharacter(c, quote, out));
        out.append(quote);
    }

    private static void writeCharacter(int c, char quote, BoundedText out) {
        if (c == quote || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c == '\r') {
            out.append("\\r");
        } else if (c == '\t') {
            out.append("\\t");
        } else if (isPrintable(c)) {
            out.append(Character.toString(c));
        } else {
            out.append(c < 0x100 ? String.format("\\x%02x", c) : String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** A number as Python writes it: {@code 3}, {@code 0.5}, {@code 3.0}, {@code 1e+20}. */
    static String ofNumber(Number number) {
        if (!(number instanceof Double || number instanceof Float || number instanceof BigDecimal)) {
            return number.toString();
        }
        double value = number.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (value == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new BigDecimal(number.toString()).toPlainString();
            return plain.contains(".") ? withoutTrailingZeros(plain) : plain + ".0";
        }
        String scientific = Double.toString(value).replace(".0E", "e").replace('E', 'e');
        return scientific.contains("e-") ? scientific : scientific.replace("e", "e+");
    }

    private static String withoutTrailingZeros(String plain) {
        int end = plain.length();
        while (plain.charAt(end - 1) == '0' && plain.charAt(end - 2) != '.') {
            end--;
        }
        return plain.substring(0, end);
    }
}
