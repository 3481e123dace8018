package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.RequestException;
import dev.guardrails4j.server.wire.Scalars;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The body of {@code POST /v1/chat/completions}, read and validated (contract "chat server" 1.2). Immutable.
 *
 * @param model the model's name as it was sent; empty if the configured one is meant
 * @param conversation what was said
 * @param stream whether the answer is wanted piece by piece
 * @param includeUsage whether a stream is to end with the tokens spent
 * @param parameters parameters for the main model at the top of the request
 * @param guardrails what the request says of rails
 */
public record ChatCompletionRequest(
        String model,
        Conversation conversation,
        boolean stream,
        boolean includeUsage,
        Map<String, Object> parameters,
        GuardrailsInput guardrails) {

    public ChatCompletionRequest {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads a body.
     *
     * @throws RequestException if it is not what it has to be; names every fault
     */
    public static ChatCompletionRequest read(byte[] json) {
        Field body = RequestBody.parse(json);
        ChatCompletionRequest request = read(body);
        body.violations().throwIfAny();
        return request;
    }

    /** Reads a body, and records what is wrong with it unless it can never be served. */
    static ChatCompletionRequest read(Field body) {
        ModelParameters.rejectUnsupported(body);
        Conversation conversation = MessageReader.read(body.at("messages"));
        String model = body.at("model").string().orElse("");
        Field stream = body.at("stream");
        Field includeUsage = body.at("stream_options").at("include_usage");
        return new ChatCompletionRequest(
                model,
                conversation,
                stream.isGiven() && Scalars.flag(stream).orElse(false),
                includeUsage.isGiven() && Scalars.flag(includeUsage).orElse(false),
                ModelParameters.read(body),
                GuardrailsReader.read(body.at("guardrails")));
    }

    /**
     * The same for the engine. What stands at the top beats {@code guardrails.options.llm_params}; what a context
     * message sets beats {@code guardrails.context}, which counts as said before it.
     */
    public GenerationRequest toGeneration() {
        Map<String, Object> context = new LinkedHashMap<>(guardrails.context());
        context.putAll(conversation.context());
        Map<String, Object> all = new LinkedHashMap<>(guardrails.parameters());
        all.putAll(parameters);
        return new GenerationRequest(
                conversation.messages(),
                model.isEmpty() ? Optional.empty() : Optional.of(model),
                context,
                all,
                guardrails.rails(),
                Optional.empty());
    }
}
