package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the model says when it will not answer, which the OpenAI API tells apart from its answer: in a field of the message,
 * or in parts of its content. To the output rails it is an answer like any other.
 */
record DeclinedText(Turn turn) implements Subject {

    private static final String REFUSAL = "refusal";

    /** What a message says so; empty if nothing. */
    static String of(Message message) {
        Stream<Object> inParts = message.content().stream()
                .filter(part -> part.type().equals(REFUSAL))
                .map(part -> part.fields().getOrDefault(REFUSAL, ""));
        return Stream.concat(Stream.of(message.fields().getOrDefault(REFUSAL, "")), inParts)
                .filter(value -> value instanceof String text && !text.isEmpty())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    /** The message with this in the place of all it says so. */
    static Message replaced(Message message, String text) {
        Map<String, Object> fields = new LinkedHashMap<>(message.fields());
        fields.put(REFUSAL, text);
        return new Message(
                message.role(),
                message.content().stream()
                        .filter(part -> !part.type().equals(REFUSAL))
                        .toList(),
                message.toolCalls(),
                fields);
    }

    @Override
    public String text() {
        return turn.declined();
    }

    @Override
    public void rewrite(String text) {
        turn.rewriteDeclined(text);
    }

    @Override
    public boolean concerns(ConfiguredRail rail) {
        return true;
    }

    @Override
    public Map<String, Object> variables() {
        return Map.of("bot_message", text(), "last_bot_message", text());
    }
}
