package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads mentions of rails, contract "config and rails" 1.8: {@code name $key=value $other="two words"} or
 * {@code name(key=value, $other="two words")}, quoted as in a shell.
 */
public final class FlowReferenceParser {

    private final String text;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private int next;

    private FlowReferenceParser(String text, int next) {
        this.text = text;
        this.next = next;
    }

    /**
     * Reads one mention.
     *
     * @throws RailConfigurationException if the text is no reference; the message says why, without a place
     */
    public static FlowReference parse(String written) {
        String text = written.strip();
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new RailConfigurationException("is not one line of text");
        }
        int end = 0;
        while (end < text.length() && text.charAt(end) != '$' && text.charAt(end) != '(') {
            end++;
        }
        String name = text.substring(0, end).strip();
        if (name.isEmpty()) {
            throw new RailConfigurationException("names no rail; write its name first, then its parameters");
        }
        FlowReferenceParser parser = new FlowReferenceParser(text, end);
        if (end < text.length() && text.charAt(end) == '(') {
            parser.parseInParentheses();
        } else {
            parser.parseWords();
        }
        return new FlowReference(text, name, Collections.unmodifiableMap(parser.parameters));
    }

    private void parseWords() {
        while (skipBlanks()) {
            if (text.charAt(next) != '$') {
                throw wrong("has text after its parameters that is none; write each as $name=value");
            }
            next++;
            parseParameter("");
        }
    }

    private void parseInParentheses() {
        next++;
        boolean more = skipBlanks() && text.charAt(next) != ')';
        while (more) {
            if (text.charAt(next) == '$') {
                next++;
            }
            parseParameter(",)");
            if (!skipBlanks() || ",)".indexOf(text.charAt(next)) < 0) {
                throw wrong("misses a comma or a closing parenthesis in its parameters");
            }
            more = text.charAt(next) == ',';
            if (more) {
                next++;
                if (!skipBlanks()) {
                    throw wrong("misses the closing parenthesis of its parameters");
                }
            }
        }
        if (next >= text.length()) {
            throw wrong("misses the closing parenthesis of its parameters");
        }
        next++;
        if (skipBlanks()) {
            throw wrong("has text after the closing parenthesis of its parameters");
        }
    }

    private void parseParameter(String ends) {
        String key = parseKey();
        if (next >= text.length() || text.charAt(next) != '=') {
            throw wrong("has the parameter '" + key + "' without a value; write $" + key + "=value");
        }
        next++;
        String value = parseValue(ends);
        if (value.isBlank()) {
            throw wrong("has the parameter '" + key + "' with an empty value; write $" + key + "=value");
        }
        if (parameters.putIfAbsent(key, value) != null) {
            throw wrong("has the parameter '" + key + "' twice");
        }
    }

    private String parseKey() {
        int start = next;
        while (next < text.length() && isOfName(text.charAt(next), next == start)) {
            next++;
        }
        if (start == next) {
            throw wrong("has a parameter without a name; write $name=value, without blanks around the sign");
        }
        return text.substring(start, next);
    }

    private static boolean isOfName(char character, boolean isFirst) {
        boolean isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
        return isLetter || character == '_' || (!isFirst && character >= '0' && character <= '9');
    }

    /** Up to a blank or one of the ends, outside of quotes. */
    private String parseValue(String ends) {
        StringBuilder value = new StringBuilder();
        while (next < text.length()) {
            char character = text.charAt(next);
            if (Character.isWhitespace(character) || ends.indexOf(character) >= 0) {
                break;
            }
            next++;
            if (character == '"' || character == '\'') {
                parseQuoted(character, value);
            } else if (character == '\\') {
                value.append(parseEscaped());
            } else {
                value.append(character);
            }
        }
        return value.toString();
    }

    private void parseQuoted(char quote, StringBuilder value) {
        while (next < text.length() && text.charAt(next) != quote) {
            char character = text.charAt(next++);
            boolean escapes =
                    quote == '"' && character == '\\' && next < text.length() && "\"\\".indexOf(text.charAt(next)) >= 0;
            value.append(escapes ? parseEscaped() : character);
        }
        if (next >= text.length()) {
            throw wrong("has a quotation mark that is not closed");
        }
        next++;
    }

    private char parseEscaped() {
        if (next >= text.length()) {
            throw wrong("ends with a backslash that escapes nothing");
        }
        return text.charAt(next++);
    }

    /** Whether anything comes after the blanks. */
    private boolean skipBlanks() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length();
    }

    private RailConfigurationException wrong(String problem) {
        return new RailConfigurationException("flow '" + text + "' " + problem);
    }
}
