package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text of a turn that rails look at, and where a rewrite of it goes. Used by the thread of its request only. */
interface Subject {

    /** What surrounds the text. */
    Turn turn();

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

    /** The parts of messages that the text was found in. */
    default List<ContentPart> parts() {
        return List.of();
    }

    /** Whether what rails decide about the text is remembered. */
    default boolean isRemembered() {
        return false;
    }

    /** What a rail is known to decide about the text, because it has before. */
    default Optional<Verdict> known(ConfiguredRail rail) {
        return Optional.empty();
    }

    /** A rail has decided about the text, and looked at nothing else. */
    default void decided(ConfiguredRail rail, String checked, Verdict verdict) {}

    /** What the trace is to say of the text beside the verdict, in JSON-like values. */
    default Map<String, Object> evidence() {
        return Map.of();
    }

    /** The context variables of contract "config and rails" 2.5 that only hold for this text. */
    default Map<String, Object> variables() {
        return Map.of();
    }
}
