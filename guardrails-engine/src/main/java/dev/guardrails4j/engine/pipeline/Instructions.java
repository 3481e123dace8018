package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.RailsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the main model is sent beside the conversation: what the configuration and retrieval add.
 *
 * @param general the configuration's instructions
 * @param passthrough whether nothing is added
 */
record Instructions(Optional<String> general, boolean passthrough) {

    static final Instructions NONE = new Instructions(Optional.empty(), true);

    static Instructions of(RailsConfig config) {
        return new Instructions(config.generalInstructions(), config.passthrough());
    }

    /**
     * The conversation as the main model is sent it.
     *
     * @param chunks what was retrieved
     */
    List<Message> before(List<Message> conversation, List<String> chunks) {
        List<String> added = new ArrayList<>();
        if (!passthrough) {
            general.ifPresent(added::add);
            if (!chunks.isEmpty()) {
                added.add("Use this context where it helps to answer:\n" + String.join("\n", chunks));
            }
        }
        if (added.isEmpty()) {
            return conversation;
        }
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system(String.join("\n\n", added)));
        messages.addAll(conversation);
        return messages;
    }
}
