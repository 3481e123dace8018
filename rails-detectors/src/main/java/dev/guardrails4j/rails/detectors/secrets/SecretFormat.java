package dev.guardrails4j.rails.detectors.secrets;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How secrets of one kind are written. Each holds a fixed text, so that nothing is tried where that does not stand; patterns
 * are bounded, so that a try takes constant time.
 *
 * @param type the kind, as it is masked
 * @param anchors fixed texts, one of which it begins with
 * @param pattern what it looks like; the group {@code secret}, if it has one, is the secret itself
 * @param check what else holds for the secret
 */
record SecretFormat(String type, List<String> anchors, Pattern pattern, Predicate<String> check) {

    /** What may stand in a token, in base64 with the URL-safe alphabet. */
    static final String TOKEN = "[A-Za-z0-9_-]";

    private static final String NO_MORE = "(?![A-Za-z0-9_-])";

    /** A token that its prefix tells. */
    static SecretFormat prefixed(String type, String pattern, String... anchors) {
        return new SecretFormat(
                type, List.of(anchors), Pattern.compile("(?:" + pattern + ")" + NO_MORE), SecretValues::isNoExample);
    }

    /** Something that may go on with anything, and is told by more than its prefix. */
    static SecretFormat open(String type, Predicate<String> check, String pattern, String... anchors) {
        return new SecretFormat(type, List.of(anchors), Pattern.compile(pattern), check);
    }
}
