package dev.guardrails4j.engine.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an action within a rail.
 *
 * @param name the action's name
 * @param parameters what it was given
 * @param returnValue what it returned, in JSON-like values; null if it failed
 * @param modelCalls the model calls it made, in their order
 * @param endpointCalls the calls of other servers it made, in their order
 * @param startedAt when it began
 * @param duration how long it took
 */
public record ExecutedAction(
        String name,
        Map<String, Object> parameters,
        @Nullable Object returnValue,
        List<ModelCall> modelCalls,
        List<EndpointCall> endpointCalls,
        Instant startedAt,
        Duration duration) {}
