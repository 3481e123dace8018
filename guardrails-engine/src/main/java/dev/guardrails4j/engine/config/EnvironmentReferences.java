package dev.guardrails4j.engine.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code> in string values by the value of the environment variable; <code>$${NAME}</code> stays,
 * less one {@code $}. What a variable holds is never looked at again. Prompts are left alone: {@code $} and braces belong
 * to their text. Configurations of callers get no variable at all.
 */
final class EnvironmentReferences {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$?)\\{([^}]*)(}?)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Trust trust;
    private final Problems problems;

    EnvironmentReferences(Trust trust, Problems problems) {
        this.trust = trust;
        this.problems = problems;
    }

    ConfigNode replace(ConfigNode node) {
        if (node.isMap()) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            node.entries().forEach((key, value) -> entries.put(key, isLeftAlone(node, key) ? value : replace(value)));
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

    /** Also the name of a variable: with a reference in its place, a secret would be taken for a name. */
    private static boolean isLeftAlone(ConfigNode map, String key) {
        return key.equals("api_key_env_var")
                || (key.equals("prompts") && map.path().isEmpty());
    }

    private String replace(String text, ConfigNode node) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement(match, node)));
    }

    /** One that cannot be replaced stays as it is written, so that it does not seem to be missing. */
    private String replacement(MatchResult match, ConfigNode node) {
        String name = match.group(2);
        if (!match.group(1).isEmpty()) {
            return match.group().substring(1);
        }
        if (match.group(3).isEmpty() || !NAME.matcher(name).matches()) {
            problems.error(
                    node.location(),
                    node.path()
                            + " holds a ${ that begins no name of an environment variable; write $${ for the text itself");
            return match.group();
        }
        if (!trust.isOperators()) {
            problems.error(
                    node.location(),
                    node.path()
                            + " refers to an environment variable, which a configuration that came over HTTP may not;"
                            + " write $${ for the text itself");
            return match.group();
        }
        Optional<String> value = trust.value(name);
        if (value.isEmpty()) {
            problems.error(
                    node.location(), "environment variable '" + name + "' is not set; " + node.path() + " needs it");
        }
        return value.orElse(match.group());
    }
}
