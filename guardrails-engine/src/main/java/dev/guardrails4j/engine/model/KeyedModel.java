package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatModel;

/** A model that can be asked with another key than its own. */
public interface KeyedModel extends ChatModel {

    /** The same model, asked with this key. Need not be closed. */
    ChatModel withKey(String key);

    /** A model asked with a key, or as it is if it has no way to. */
    static ChatModel of(ChatModel model, String key) {
        return model instanceof KeyedModel keyed ? keyed.withKey(key) : model;
    }
}
