package dev.guardrails4j.engine;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.trace.GenerationLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rails made of a conversation that was only checked.
 *
 * @param status whether it may go on
 * @param text the text that was checked last, as the rails left it; the refusal if they blocked
 * @param messages the conversation as the rails left it, or as it was when they blocked
 * @param block what blocked, if something did
 * @param context the context variables at the end
 * @param log what happened
 */
public record CheckResult(
        Status status,
        String text,
        List<Message> messages,
        Optional<Blocked> block,
        Map<String, Object> context,
        GenerationLog log) {

    /** Whether a conversation may go on. */
    public enum Status {
        /** As it is. */
        PASSED,
        /** As the rails changed it: the answer, or what came after the last answer if the conversation ends with none. */
        MODIFIED,
        /** It may not. */
        BLOCKED
    }

    public CheckResult {
        messages = List.copyOf(messages);
    }
}
