package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.engine.ModelAccess;
import dev.guardrails4j.engine.model.KeyedModel;
import java.util.Map;
import java.util.Optional;

/**
 * The main model of a request: by which name it is asked, and what it is told. The name holds for rails that ask the main
 * model as well: contract "chat server" 4.8.
 *
 * @param main the main model, if there is one
 * @param keyed the same, asked with the caller's own key and headers, if the request has any
 * @param name what the request wants it to be; empty for what the configuration says
 * @param instructions what it is told beside the conversation
 * @param models every model of the configuration by its type
 */
record ChosenModel(
        Optional<ChatModel> main,
        Optional<ChatModel> keyed,
        Optional<String> name,
        Instructions instructions,
        Map<String, ChatModel> models) {

    static final String MAIN = "main";

    /**
     * That of a configuration's requests.
     *
     * @param name the name that they wish
     * @param access the key and headers that they bring
     */
    static ChosenModel of(Blueprint blueprint, Optional<String> name, Optional<ModelAccess> access) {
        Optional<ChatModel> main = blueprint.main().find();
        return new ChosenModel(
                main,
                access.flatMap(own -> main.map(model -> KeyedModel.of(model, own))),
                name,
                Instructions.of(blueprint.config()),
                blueprint.models());
    }

    /** What is asked where a model is meant. */
    ChatModel asked(ChatModel model) {
        return isMain(model) ? keyed.orElse(model) : model;
    }

    /** The type of a model, as the configuration calls it; {@code "unknown"} if it is none of its models. */
    String type(ChatModel model) {
        return isMain(model)
                ? MAIN
                : models.entrySet().stream()
                        .filter(entry -> entry.getValue() == model)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("unknown");
    }

    private boolean isMain(ChatModel model) {
        return main.filter(known -> known == model).isPresent();
    }

    /** The request as it is to be sent to a model. */
    ChatRequest named(ChatModel model, ChatRequest request) {
        return isMain(model) && name.isPresent() && request.model().isEmpty()
                ? new ChatRequest(name, request.messages(), request.parameters())
                : request;
    }
}
