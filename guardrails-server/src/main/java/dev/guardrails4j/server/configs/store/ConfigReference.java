package dev.guardrails4j.server.configs.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a configuration is called, contract "checks" 3.4.
 *
 * @param workspace whose it is
 * @param name what it is called there
 */
public record ConfigReference(String workspace, String name) {

    /** What the names of configurations and workspaces are, contract "checks" 8.1, in words. */
    public static final String NAME_RULE =
            "2 to 63 lower-case letters, digits and . _ @ + -, with a letter first, no - last and no two - in a row";

    private static final Pattern NAME = Pattern.compile("[a-z](?!.*--)[a-z0-9\\-@.+_]{1,62}(?<!-)");

    /** Whether a configuration or a workspace may be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Reads {@code name} or {@code workspace/name}; empty if a text is neither.
     *
     * @param home the workspace of a name alone
     */
    public static Optional<ConfigReference> parse(String text, String home) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || parts[0].isEmpty() || parts[parts.length - 1].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                parts.length == 1 ? new ConfigReference(home, parts[0]) : new ConfigReference(parts[0], parts[1]));
    }

    /** Whether anything can be stored by this name. */
    public boolean isValid() {
        return isName(workspace) && isName(name);
    }

    /** {@code workspace/name}. */
    @Override
    public String toString() {
        return workspace + "/" + name;
    }
}
