package dev.guardrails4j.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a model answered.
 *
 * @param model the model's name, as the upstream gives it; empty if it does not
 * @param choices the answers, at least one; more only if more were asked for
 * @param usage the tokens spent
 * @param raw the upstream's answer as it was received, as JSON-like values; unmodifiable, empty where there is none, or
 *     where the answer was known and nobody was asked
 * @since 0.1
 */
public record ChatResponse(String model, List<Choice> choices, TokenUsage usage, Map<String, Object> raw) {

    public ChatResponse {
        Objects.requireNonNull(model, "model is null");
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("choices is empty");
        }
        Objects.requireNonNull(usage, "usage is null");
        Objects.requireNonNull(raw, "raw is null");
    }

    /** A finished answer of text only, for models that have nothing else to tell. */
    public static ChatResponse of(String model, String text) {
        return new ChatResponse(
                model, List.of(new Choice(Message.assistant(text), "", "stop")), TokenUsage.NONE, Map.of());
    }

    /** The text of the first answer; empty if it has none. */
    public String text() {
        return choices.get(0).message().text();
    }

    /** Why the first answer ended: {@code "stop"}, {@code "length"}, {@code "tool_calls"} ... */
    public String finishReason() {
        return choices.get(0).finishReason();
    }

    /**
     * One answer.
     *
     * @param message what the assistant says, without its reasoning
     * @param reasoning what the model thought before it answered; empty if it does not tell
     * @param finishReason why it ended: {@code "stop"}, {@code "length"}, {@code "tool_calls"} ...
     */
    public record Choice(Message message, String reasoning, String finishReason) {

        public Choice {
            Objects.requireNonNull(message, "message is null");
            Objects.requireNonNull(reasoning, "reasoning is null");
            Objects.requireNonNull(finishReason, "finishReason is null");
        }
    }
}
