package dev.guardrails4j.engine;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import java.util.List;

/** Something that a stream shows to its reader. */
public sealed interface StreamEvent {

    /** More of the answer, let through by the rails. */
    record Text(String text) implements StreamEvent {}

    /** More of what the model says instead of an answer, when it will not give one; let through by the rails. */
    record Declined(String text) implements StreamEvent {}

    /** More of the model's reasoning. Only where no output rail could still take the answer back. */
    record Reasoning(String text) implements StreamEvent {}

    /** More of the calls of tools. */
    record ToolCalls(List<ToolCallDelta> deltas) implements StreamEvent {}

    /** A rail has blocked before anything was generated, and this is what the user is told. The only event. */
    record Refusal(GenerationResult.Blocked block, String text) implements StreamEvent {}

    /** A rail has blocked what would come next; nothing more of the answer is shown. The last event. */
    record Violation(GenerationResult.Blocked block) implements StreamEvent {}
}
