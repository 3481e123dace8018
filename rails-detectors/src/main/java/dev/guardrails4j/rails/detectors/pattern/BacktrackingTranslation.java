package dev.guardrails4j.rails.detectors.pattern;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Carries a pattern over from Python's {@code re} to {@link java.util.regex.Pattern}, where the two read it differently: names
 * of groups and references to them, {@code \Z}, {@code {,n}}, brackets within brackets, comments.
 */
final class BacktrackingTranslation {

    private static final Pattern REPETITION = Pattern.compile("[0-9]{1,4}|[0-9]{0,4},[0-9]{0,4}");

    private final String source;
    private final StringBuilder target = new StringBuilder();
    /** Java's names of groups have no underscores. */
    private final Map<String, String> names = new HashMap<>();

    private int position;

    private BacktrackingTranslation(String source) {
        this.source = source;
    }

    static String translate(String source) {
        return new BacktrackingTranslation(source).translate();
    }

    private String translate() {
        while (position < source.length()) {
            char c = source.charAt(position);
            switch (c) {
                case '\\' -> escape();
                case '[' -> brackets();
                case '(' -> group();
                case '{' -> repetition();
                default -> copy(1);
            }
        }
        return target.toString();
    }

    private void copy(int length) {
        int end = Math.min(source.length(), position + length);
        target.append(source, position, end);
        position = end;
    }

    private void escape() {
        if (source.startsWith("\\Z", position)) {
            target.append("\\z");
            position += 2;
        } else if (source.startsWith("\\U", position) && position + 10 <= source.length()) {
            target.append("\\x{").append(source, position + 2, position + 10).append('}');
            position += 10;
        } else {
            copy(2);
        }
    }

    private void brackets() {
        copy(source.startsWith("[^", position) ? 2 : 1);
        if (position < source.length() && source.charAt(position) == ']') {
            target.append('\\');
            copy(1);
        }
        while (position < source.length() && source.charAt(position) != ']') {
            if (source.charAt(position) == '\\') {
                escape();
            } else {
                if (source.charAt(position) == '[' || source.charAt(position) == '&') {
                    target.append('\\');
                }
                copy(1);
            }
        }
        copy(1);
    }

    private void group() {
        if (source.startsWith("(?#", position)) {
            int end = source.indexOf(')', position);
            position = end < 0 ? source.length() : end + 1;
        } else if (source.startsWith("(?P<", position)) {
            target.append("(?<").append(name("(?P<", '>')).append('>');
        } else if (source.startsWith("(?P=", position)) {
            target.append("\\k<").append(name("(?P=", ')')).append('>');
        } else {
            copy(1);
        }
    }

    /** The name between an opening and a closing, for Java. */
    private String name(String opening, char closing) {
        int start = position + opening.length();
        int end = source.indexOf(closing, start);
        String name = source.substring(start, end < 0 ? source.length() : end);
        position = end < 0 ? source.length() : end + 1;
        return names.computeIfAbsent(name, it -> "g" + names.size());
    }

    private void repetition() {
        int end = source.indexOf('}', position);
        String counts = end < 0 ? "" : source.substring(position + 1, end);
        boolean repeats = REPETITION.matcher(counts).matches();
        target.append(repeats ? "{" : "\\{").append(repeats && counts.startsWith(",") ? "0" : "");
        position++;
    }
}
