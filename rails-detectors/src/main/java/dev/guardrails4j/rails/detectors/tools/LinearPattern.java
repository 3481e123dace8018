package dev.guardrails4j.rails.detectors.tools;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.regex.RegularExpression;
import dev.guardrails4j.rails.detectors.pattern.PatternTranslation;
import dev.guardrails4j.rails.detectors.pattern.UnusablePatternException;

/**
 * A pattern of a JSON Schema, which is ECMAScript's, for RE2/J, which searches in linear time. What RE2/J cannot do makes
 * the schema unusable; a text that is too long for a pattern does not match.
 */
final class LinearPattern implements RegularExpression {

    private static final int MAX_PATTERN_CHARACTERS = 1_000;
    private static final int MAX_TEXT_CHARACTERS = 32_768;

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws JsonSchemaException if the pattern is wrong, too large, or not for linear time */
    static RegularExpression compile(String source) {
        if (source.length() > MAX_PATTERN_CHARACTERS) {
            throw new JsonSchemaException("pattern is longer than " + MAX_PATTERN_CHARACTERS + " characters");
        }
        try {
            // Only to have it measured: Python reads some of it differently.
            PatternTranslation.translate(source);
            return new LinearPattern(Pattern.compile(source.replaceAll("\\\\u([0-9a-fA-F]{4})", "\\\\x{$1}")));
        } catch (UnusablePatternException | PatternSyntaxException e) {
            throw new JsonSchemaException("pattern cannot be used: " + e.getMessage());
        }
    }

    @Override
    public boolean matches(String value) {
        if (Thread.currentThread().isInterrupted()) {
            throw new JsonSchemaException("nobody waits any more");
        }
        return value.length() <= MAX_TEXT_CHARACTERS && pattern.matcher(value).find();
    }
}
