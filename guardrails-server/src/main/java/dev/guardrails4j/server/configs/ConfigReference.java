package dev.guardrails4j.server.configs;

import dev.guardrails4j.server.wire.RequestException;

/**
 * What a request calls a configuration, contract "checks" 3.4.
 *
 * @param workspace whose it is
 * @param name what it is called there
 */
public record ConfigReference(String workspace, String name) {

    /**
     * Reads {@code name} or {@code workspace/name}.
     *
     * @param home the workspace of a name alone
     * @throws RequestException if it is neither
     */
    public static ConfigReference parse(String text, String home) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || parts[0].isEmpty() || parts[parts.length - 1].isEmpty()) {
            throw RequestException.of(
                    422, "invalid entity reference '" + text + "'; expected 'name' or 'workspace/name'");
        }
        return parts.length == 1 ? new ConfigReference(home, parts[0]) : new ConfigReference(parts[0], parts[1]);
    }

    /** {@code workspace/name}. */
    @Override
    public String toString() {
        return workspace + "/" + name;
    }
}
