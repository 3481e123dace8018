package dev.guardrails4j.engine;

/**
 * A caller's own key for the main model's endpoint, sent instead of the configured one.
 *
 * @param value the key, of printable ASCII characters; never shown
 */
public record ModelKey(String value) {

    public ModelKey {
        if (value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("the key is empty, or has characters that no header can carry");
        }
    }

    @Override
    public String toString() {
        return "ModelKey[***]";
    }
}
