package dev.guardrails4j.server.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An API key, of which the server knows the hash only. Immutable.
 *
 * @param name what it is called in logs and errors, and whose its threads are: letters, digits and {@code . _ -}, 1 to 64
 * @param hashes of the key; two while one takes the place of the other
 * @param permissions what it may do
 * @param limit how much of it
 * @param expires from when on it is refused
 */
public record AccessKey(
        String name, List<KeyHash> hashes, Permissions permissions, RateLimit limit, Optional<Instant> expires) {

    /** The most keys that there may be. */
    public static final int MOST = 10_000;

    /** The most hashes of one. */
    public static final int MOST_HASHES = 5;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public AccessKey {
        hashes = List.copyOf(hashes);
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a name of 1 to 64 letters, digits and . _ -");
        }
        return text;
    }

    /** Whether it is refused by now. */
    public boolean isExpired(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }
}
