package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import java.util.Optional;

/**
 * The name of the main model that a request has chosen. It holds for rails that ask the main model as well: contract "chat
 * server" 4.8.
 *
 * @param main the main model, if there is one
 * @param name what the request wants it to be; empty for what the configuration says
 */
record ChosenModel(Optional<ChatModel> main, Optional<String> name) {

    /** The request as it is to be sent to a model. */
    ChatRequest named(ChatModel model, ChatRequest request) {
        boolean isMain = main.filter(known -> known == model).isPresent();
        return isMain && name.isPresent() && request.model().isEmpty()
                ? new ChatRequest(name, request.messages(), request.parameters())
                : request;
    }
}
