package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.RailsConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What the main model is sent: the conversation, and before it what the configuration and retrieval add, unless the
 * configuration says {@code passthrough: true}.
 */
final class Instructions {

    private Instructions() {}

    static List<Message> of(RailsConfig config, Turn turn) {
        List<String> added = new ArrayList<>();
        if (!config.passthrough()) {
            config.generalInstructions().ifPresent(added::add);
            List<String> chunks = turn.chunks();
            if (!chunks.isEmpty()) {
                added.add("Use this context where it helps to answer:\n" + String.join("\n", chunks));
            }
        }
        if (added.isEmpty()) {
            return turn.messages();
        }
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system(String.join("\n\n", added)));
        messages.addAll(turn.messages());
        return messages;
    }
}
