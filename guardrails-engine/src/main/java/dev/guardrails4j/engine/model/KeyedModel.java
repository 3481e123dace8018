package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.engine.ModelAccess;

/** A model that can be asked with another key and other headers than its own. */
public interface KeyedModel extends ChatModel {

    /** The same model, asked so. Need not be closed. */
    ChatModel with(ModelAccess access);

    /** A model asked so, or as it is if it has no way to. */
    static ChatModel of(ChatModel model, ModelAccess access) {
        return model instanceof KeyedModel keyed ? keyed.with(access) : model;
    }
}
