package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls of tools that come in parts. For one thread. */
final class JoinedCalls {

    private final Map<Integer, ToolCall> calls = new TreeMap<>();

    void add(ToolCallDelta delta) {
        calls.merge(
                delta.index(),
                new ToolCall(delta.id(), delta.name(), delta.arguments()),
                (known, more) -> new ToolCall(
                        known.id() + more.id(), known.name() + more.name(), known.arguments() + more.arguments()));
    }

    /** The calls as far as they have come, in the order of their indices. */
    List<ToolCall> all() {
        return List.copyOf(calls.values());
    }
}
