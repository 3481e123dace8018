package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.storage.RedisAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may call the server.
 *
 * @param keys the API keys that {@code server.yml} itself lists
 * @param keyFile the file with more of them, as it is written
 * @param limits the Redis through which servers share rate limits; empty for that of threads, if they are in one
 */
public record AccessSettings(List<AccessKey> keys, Optional<String> keyFile, Optional<RedisAddress> limits) {

    /** Everybody. */
    public static final AccessSettings DEFAULT = new AccessSettings(List.of(), Optional.empty(), Optional.empty());

    public AccessSettings {
        keys = List.copyOf(keys);
    }

    /** Whether callers need a key. */
    public boolean needsKeys() {
        return !keys.isEmpty() || keyFile.isPresent();
    }
}
