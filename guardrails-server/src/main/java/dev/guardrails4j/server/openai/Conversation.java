package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of a request.
 *
 * @param messages what was said
 * @param context the context variables that messages of the role {@code context} set; later ones win
 */
public record Conversation(List<Message> messages, Map<String, Object> context) {

    public Conversation {
        messages = List.copyOf(messages);
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }
}
