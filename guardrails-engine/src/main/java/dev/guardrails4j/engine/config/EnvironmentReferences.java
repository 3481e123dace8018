package dev.guardrails4j.engine.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code> in string values by the value of the environment variable; <code>$${NAME}</code> stays,
 * less one {@code $}. What a variable holds is never looked at again. Prompts are left alone: {@code $} and braces belong
 * to their text.
 */
final class EnvironmentReferences {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$?)\\{([^}]*)(}?)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Values that are the name of a variable themselves: with a reference in its place, a key would be taken for a name. */
    private static final Set<String> LEFT_ALONE = Set.of("prompts", "api_key_env_var");

    private final Function<String, Optional<String>> environment;
    private final Problems problems;

    EnvironmentReferences(Function<String, Optional<String>> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    ConfigNode replace(ConfigNode node) {
        if (node.isMap()) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            node.entries().forEach((key, value) -> entries.put(key, LEFT_ALONE.contains(key) ? value : replace(value)));
            return new ConfigNode(Collections.unmodifiableMap(entries), node.path(), node.location());
        }
        if (node.isList()) {
            List<ConfigNode> items = new ArrayList<>();
            node.items().forEach(item -> items.add(replace(item)));
            return new ConfigNode(Collections.unmodifiableList(items), node.path(), node.location());
        }
        if (node.value() instanceof String text && text.contains("${")) {
            return new ConfigNode(replace(text, node), node.path(), node.location());
        }
        return node;
    }

    private String replace(String text, ConfigNode node) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1).isEmpty()
                                ? value(match.group(2), !match.group(3).isEmpty(), node)
                                : match.group().substring(1)));
    }

    private String value(String name, boolean closed, ConfigNode node) {
        if (!closed || !NAME.matcher(name).matches()) {
            problems.error(
                    node.location(),
                    node.path()
                            + " holds a ${ that begins no name of an environment variable; write $${ for the text itself");
            return "";
        }
        Optional<String> value = environment.apply(name);
        if (value.isEmpty()) {
            problems.error(
                    node.location(), "environment variable '" + name + "' is not set; " + node.path() + " needs it");
        }
        return value.orElse("");
    }
}
