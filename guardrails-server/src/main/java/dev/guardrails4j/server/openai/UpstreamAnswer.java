package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.GenerationResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks up what only the upstream's own answer holds. */
final class UpstreamAnswer {

    private UpstreamAnswer() {}

    /** The log probabilities of the answer's tokens; null if there are none, or if they would tell a text that a rail changed. */
    static @Nullable Object logprobs(GenerationResult result) {
        Object choice = result.modelOutput().get("choices") instanceof List<?> choices && !choices.isEmpty()
                ? choices.get(0)
                : null;
        if (choice instanceof Map<?, ?> first
                && first.get("message") instanceof Map<?, ?> message
                && result.text().equals(message.get("content"))) {
            return first.get("logprobs");
        }
        return null;
    }
}
