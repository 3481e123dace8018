package dev.guardrails4j.server.access;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a request may be served now.
 *
 * @param isGranted whether it may
 * @param requests what is left of the limit on requests, if there is one
 * @param tokens what is left of the limit on tokens, if there is one
 * @param retryAfter how long to wait until a request can be granted; nothing if this one is
 */
public record Allowance(boolean isGranted, Optional<Budget> requests, Optional<Budget> tokens, Duration retryAfter) {

    /** Of those who have no limits. */
    static final Allowance UNLIMITED = new Allowance(true, Optional.empty(), Optional.empty(), Duration.ZERO);
}
