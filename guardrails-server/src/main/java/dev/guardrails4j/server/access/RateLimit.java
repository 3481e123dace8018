package dev.guardrails4j.server.access;

import java.util.Optional;

/**
 * How much a caller may ask for.
 *
 * @param requestsPerMinute empty for as many as it likes; at least 1
 * @param tokensPerMinute of models, read and written; empty for as many as it likes; at least 1
 */
public record RateLimit(Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute) {

    /** As much as it likes. */
    public static final RateLimit NONE = new RateLimit(Optional.empty(), Optional.empty());
}
