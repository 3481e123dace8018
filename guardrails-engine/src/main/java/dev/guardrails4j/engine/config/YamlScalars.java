package dev.guardrails4j.engine.config;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads scalars by the core tags of YAML 1.1. Dates stay the text they are written as. The library's constructor is used
 * for its rules of numbers only; nothing is constructed by name.
 */
final class YamlScalars extends SafeConstructor {

    /** The longest number there is use for; longer ones take long to convert. */
    private static final int MAX_DIGITS = 64;

    private static final Set<String> TRUE = Set.of("yes", "true", "on");

    private static final Set<String> FALSE = Set.of("no", "false", "off");

    YamlScalars() {
        super(new LoaderOptions());
    }

    /** @throws IllegalArgumentException if the value cannot be read as its tag says; the message says why */
    @Nullable
    Object value(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP) || tag.equals(Tag.MERGE)) {
            return text;
        }
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return flag(text.toLowerCase(Locale.ROOT));
        }
        if (tag.equals(Tag.INT)) {
            return number(node, new ConstructYamlInt());
        }
        if (tag.equals(Tag.FLOAT)) {
            return number(node, new ConstructYamlFloat());
        }
        throw new IllegalArgumentException("has the YAML tag " + tag + ", which is not supported; remove it");
    }

    private static Boolean flag(String text) {
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return TRUE.contains(text);
        }
        throw new IllegalArgumentException("is tagged as true or false but is neither");
    }

    private static Object number(ScalarNode node, Construct rule) {
        if (node.getValue().length() > MAX_DIGITS) {
            throw new IllegalArgumentException("is a number of more than " + MAX_DIGITS + " digits");
        }
        try {
            return rule.construct(node);
        } catch (NumberFormatException | IndexOutOfBoundsException | YAMLException notANumber) {
            throw new IllegalArgumentException("is tagged as a number but is none", notANumber);
        }
    }
}
