package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.access.AccessKey;
import java.util.List;
import java.util.Optional;

/**
 * Who may call the server.
 *
 * @param keys the API keys that {@code server.yml} itself lists
 * @param keyFile the file with more of them, as it is written
 */
public record AccessSettings(List<AccessKey> keys, Optional<String> keyFile) {

    /** Everybody. */
    public static final AccessSettings DEFAULT = new AccessSettings(List.of(), Optional.empty());

    public AccessSettings {
        keys = List.copyOf(keys);
    }

    /** Whether callers need a key. */
    public boolean needsKeys() {
        return !keys.isEmpty() || keyFile.isPresent();
    }
}
