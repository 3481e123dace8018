package dev.guardrails4j.api;

import java.util.Objects;

/**
 * What a tool has returned, on its way to the model.
 *
 * @param callId links it to the {@link ToolCall} it answers; empty if the message names none
 * @param name the tool's name as the message gives it; empty if it gives none, as is usual
 * @param text the result; may be empty
 * @since 0.1
 */
public record ToolResult(String callId, String name, String text) {

    public ToolResult {
        Objects.requireNonNull(callId, "callId is null");
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(text, "text is null");
    }
}
