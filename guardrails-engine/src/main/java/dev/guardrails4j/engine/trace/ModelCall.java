package dev.guardrails4j.engine.trace;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One call of a model.
 *
 * @param task what it was for: {@code "general"} for the answer itself, else the prompt's task
 * @param id identifies the call within the log
 * @param model the model's name, {@code "unknown"} if it has none
 * @param engine how it was reached
 * @param prompt what was sent
 * @param completion what came back; empty if the call failed
 * @param rawResponse the upstream's answer as it came; empty if the call failed
 * @param usage the tokens spent; those spent then, if the answer is from a cache
 * @param fromCache whether the model was not asked, since its answer was known
 * @param startedAt when the call began
 * @param duration how long it took
 */
public record ModelCall(
        String task,
        String id,
        String model,
        String engine,
        List<Message> prompt,
        String completion,
        Map<String, Object> rawResponse,
        TokenUsage usage,
        boolean fromCache,
        Instant startedAt,
        Duration duration) {}
