package dev.guardrails4j.engine;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a caller wants the main model's endpoint to be asked.
 *
 * @param key the caller's own key, sent instead of the configured one, of printable ASCII characters; never shown
 * @param headers further headers, in place of configured ones of the same names whatever their case; of printable ASCII
 *     characters; never shown
 */
public record ModelAccess(Optional<String> key, Map<String, String> headers) {

    public ModelAccess {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
        key.ifPresent(ModelAccess::require);
        headers.values().forEach(ModelAccess::require);
    }

    /** With a key of the caller's own. */
    public static ModelAccess byKey(String key) {
        return new ModelAccess(Optional.of(key), Map.of());
    }

    private static void require(String value) {
        if (value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a key or header is empty, or has characters that no header can carry");
        }
    }

    @Override
    public String toString() {
        return "ModelAccess[***]";
    }
}
