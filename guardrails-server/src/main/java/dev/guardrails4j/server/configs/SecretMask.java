package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Covers what may be a secret in a configuration before it is shown. */
final class SecretMask {

    private static final String MASK = "**********";

    /** Keys, passwords and the like, with words set apart by _; never the name of a variable that holds one. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(.*[_-])?(key|apikey|secret|password|passwd|token|credentials?|authorization|cookie|headers)");

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://\\S+");
    private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/?#@]+(?=@)");
    private static final Pattern QUERY =
            Pattern.compile("(?i)(?<=[?&])([^=&#]{0,100}(?:key|token|secret|password|sig|signature|code)=)[^&#]+");

    private SecretMask() {}

    /** The same configuration without secrets. */
    static JsonNode over(JsonNode data) {
        return over(data, false);
    }

    private static JsonNode over(JsonNode node, boolean isSecret) {
        if (node.isObject()) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(entry ->
                            shown.set(entry.getKey(), over(entry.getValue(), isSecret || isSecret(entry.getKey()))));
            return shown;
        }
        if (node.isArray()) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> shown.add(over(item, isSecret)));
            return shown;
        }
        if (isSecret && (node.isTextual() || node.isNumber())) {
            return JsonNodeFactory.instance.textNode(MASK);
        }
        return node.isTextual() ? JsonNodeFactory.instance.textNode(overUrl(node.textValue())) : node;
    }

    private static boolean isSecret(String key) {
        return SECRET.matcher(NEXT_WORD.matcher(key).replaceAll("_")).matches();
    }

    private static String overUrl(String text) {
        return URL.matcher(text).matches()
                ? QUERY.matcher(LOGIN.matcher(text).replaceFirst(MASK)).replaceAll("$1" + MASK)
                : text;
    }

    /** Whether a configuration holds the mask in the place of a secret: it was read, and is written back. */
    static boolean isIn(JsonNode data) {
        return isIn(data, false);
    }

    private static boolean isIn(JsonNode node, boolean isSecret) {
        if (node.isTextual()) {
            String text = node.textValue();
            return isSecret
                    ? text.equals(MASK)
                    : text.contains(MASK) && URL.matcher(text).matches();
        }
        return node.isObject()
                ? node.propertyStream().anyMatch(entry -> isIn(entry.getValue(), isSecret || isSecret(entry.getKey())))
                : node.valueStream().anyMatch(item -> isIn(item, isSecret));
    }
}
