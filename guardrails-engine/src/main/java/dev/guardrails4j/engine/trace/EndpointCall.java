package dev.guardrails4j.engine.trace;

import java.time.Duration;
import java.time.Instant;

/**
 * One call of an HTTP server that is not a chat model.
 *
 * @param endpoint what the server is called
 * @param answered whether it answered as it should
 * @param fromCache whether it was not called, since its answer was known
 * @param startedAt when the call began
 * @param duration how long it took
 */
public record EndpointCall(
        String endpoint, boolean answered, boolean fromCache, Instant startedAt, Duration duration) {}
