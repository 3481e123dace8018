package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import java.util.Optional;

/**
 * The main model of a request: by which name it is asked, and what it is told. The name holds for rails that ask the main
 * model as well: contract "chat server" 4.8.
 *
 * @param main the main model, if there is one
 * @param name what the request wants it to be; empty for what the configuration says
 * @param instructions what it is told beside the conversation
 */
record ChosenModel(Optional<ChatModel> main, Optional<String> name, Instructions instructions) {

    /** That of a configuration's requests which wish this name, or none. */
    static ChosenModel of(Blueprint blueprint, Optional<String> name) {
        return new ChosenModel(blueprint.main().find(), name, Instructions.of(blueprint.config()));
    }

    /** The request as it is to be sent to a model. */
    ChatRequest named(ChatModel model, ChatRequest request) {
        boolean isMain = main.filter(known -> known == model).isPresent();
        return isMain && name.isPresent() && request.model().isEmpty()
                ? new ChatRequest(name, request.messages(), request.parameters())
                : request;
    }
}
