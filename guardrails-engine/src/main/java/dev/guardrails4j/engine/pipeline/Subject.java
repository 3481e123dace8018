package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import java.util.Map;
import java.util.Optional;

/** A text of a turn that rails look at, and where a rewrite of it goes. Used by the thread of its request only. */
interface Subject {

    /** The text as the rails left it so far. */
    String text();

    void rewrite(String text);

    /** Whether a rail, which is listed at the stage where the text is looked at, is to look at it. */
    boolean concerns(ConfiguredRail rail);

    /** The call whose arguments the text is. */
    default Optional<ToolCall> toolCall() {
        return Optional.empty();
    }

    /** The result that the text is. */
    default Optional<ToolResult> toolResult() {
        return Optional.empty();
    }

    /** Which call of the answer, or message of the conversation, that is. */
    default int toolIndex() {
        return 0;
    }

    /** The context variables of contract "config and rails" 2.5 that only hold for this text. */
    default Map<String, Object> variables() {
        return Map.of();
    }
}
