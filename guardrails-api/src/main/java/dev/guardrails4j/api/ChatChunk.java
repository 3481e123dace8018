package dev.guardrails4j.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of an answer that is being written.
 *
 * @param model the model's name, as the upstream gives it; empty if it does not
 * @param text what comes next in the answer; may be empty
 * @param reasoning what comes next in the model's reasoning; may be empty
 * @param toolCalls what comes next in the calls of tools; often empty
 * @param finishReason why the answer ended, in its last chunk; empty before
 * @param usage the tokens spent, once the upstream tells
 * @param refusal what comes next in what the model says instead of an answer, when it will not give one; may be empty
 * @since 0.1
 */
public record ChatChunk(
        String model,
        String text,
        String reasoning,
        List<ToolCallDelta> toolCalls,
        String finishReason,
        Optional<TokenUsage> usage,
        String refusal) {

    public ChatChunk {
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(reasoning, "reasoning is null");
        toolCalls = List.copyOf(toolCalls);
        Objects.requireNonNull(finishReason, "finishReason is null");
        Objects.requireNonNull(usage, "usage is null");
        Objects.requireNonNull(refusal, "refusal is null");
    }

    /** A part of an answer that the model is willing to give. */
    public ChatChunk(
            String model,
            String text,
            String reasoning,
            List<ToolCallDelta> toolCalls,
            String finishReason,
            Optional<TokenUsage> usage) {
        this(model, text, reasoning, toolCalls, finishReason, usage, "");
    }

    /** A whole answer as one chunk. */
    static ChatChunk of(ChatResponse response) {
        ChatResponse.Choice choice = response.choices().get(0);
        List<ToolCallDelta> calls = new ArrayList<>();
        for (ToolCall call : choice.message().toolCalls()) {
            calls.add(new ToolCallDelta(calls.size(), call.id(), call.name(), call.arguments()));
        }
        return new ChatChunk(
                response.model(),
                choice.message().text(),
                choice.reasoning(),
                calls,
                choice.finishReason(),
                Optional.of(response.usage()),
                choice.message().fields().get("refusal") instanceof String refusal ? refusal : "");
    }

    /**
     * A part of a call of a tool.
     *
     * @param index which of the answer's calls it belongs to, counted from 0
     * @param id the call's id, in its first part; empty after
     * @param name the tool's name, in its first part; empty after
     * @param arguments what comes next in the arguments; may be empty
     */
    public record ToolCallDelta(int index, String id, String name, String arguments) {

        public ToolCallDelta {
            Objects.requireNonNull(id, "id is null");
            Objects.requireNonNull(name, "name is null");
            Objects.requireNonNull(arguments, "arguments is null");
        }
    }
}
