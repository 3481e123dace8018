package dev.guardrails4j.engine.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds fields in answers that are lines of {@code field: value}. Marks around both, such as {@code **}, are allowed. */
final class AnswerLines {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;

    private AnswerLines() {}

    /** A line that holds nothing but the field and one of the values, which is group 1. */
    static Pattern line(String field, String values) {
        return Pattern.compile(
                "^[^\\w\\n]*" + field + "[^\\w\\n:]*:[^\\w\\n]*(" + values + ")[^\\w\\n]*$", FLAGS | Pattern.MULTILINE);
    }

    /** The field with any value, anywhere. */
    static Pattern mention(String field) {
        return Pattern.compile(field + "[^\\w\\n:]*+:", FLAGS);
    }

    static int count(Pattern mention, String text) {
        Matcher matcher = mention.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
