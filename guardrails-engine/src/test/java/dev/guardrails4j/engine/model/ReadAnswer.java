package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A stream that has been read to its end. */
record ReadAnswer(List<ChatChunk> chunks) {

    static ReadAnswer of(ChatStream stream) {
        List<ChatChunk> chunks = new ArrayList<>();
        for (Optional<ChatChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
            chunks.add(next.get());
        }
        return new ReadAnswer(chunks);
    }

    String text() {
        return joined(ChatChunk::text);
    }

    List<String> texts() {
        return chunks.stream().map(ChatChunk::text).toList();
    }

    String reasoning() {
        return joined(ChatChunk::reasoning);
    }

    String finishReason() {
        return last().finishReason();
    }

    Optional<TokenUsage> usage() {
        return last().usage();
    }

    List<ToolCallDelta> deltas() {
        return chunks.stream().flatMap(chunk -> chunk.toolCalls().stream()).toList();
    }

    /** The calls that the deltas are the parts of. */
    List<ToolCall> toolCalls() {
        Map<Integer, ToolCall> calls = new TreeMap<>();
        for (ToolCallDelta delta : deltas()) {
            calls.merge(
                    delta.index(),
                    new ToolCall(delta.id(), delta.name(), delta.arguments()),
                    (before, part) -> new ToolCall(
                            before.id() + part.id(),
                            before.name() + part.name(),
                            before.arguments() + part.arguments()));
        }
        return List.copyOf(calls.values());
    }

    private ChatChunk last() {
        return chunks.get(chunks.size() - 1);
    }

    private String joined(Function<ChatChunk, String> field) {
        return chunks.stream().map(field).collect(Collectors.joining());
    }
}
