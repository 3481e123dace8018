package dev.guardrails4j.api;

import java.util.Objects;

/**
 * A call of a tool that a model asks for.
 *
 * @param id links the call to its result
 * @param name the tool's name
 * @param arguments a JSON object as text, as the model wrote it: it may not be valid
 * @since 0.1
 */
public record ToolCall(String id, String name, String arguments) {

    public ToolCall {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(arguments, "arguments is null");
    }
}
