package dev.guardrails4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model is asked.
 *
 * @param model the model's name, if it is to be another than the configured one
 * @param messages the conversation, at least one message
 * @param parameters further parameters by their OpenAI name ({@code temperature}, {@code max_tokens}, {@code tools} ...),
 *     as JSON-like values; sent as they are
 * @since 0.1
 */
public record ChatRequest(Optional<String> model, List<Message> messages, Map<String, Object> parameters) {

    public ChatRequest {
        Objects.requireNonNull(model, "model is null");
        messages = List.copyOf(messages);
        parameters = parameters.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A request to the configured model. */
    public ChatRequest(List<Message> messages, Map<String, Object> parameters) {
        this(Optional.empty(), messages, parameters);
    }
}
