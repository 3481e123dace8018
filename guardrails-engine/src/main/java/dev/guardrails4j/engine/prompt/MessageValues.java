package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads messages from the values of templates: messages, or maps as Python code would give them. */
final class MessageValues {

    private MessageValues() {}

    /**
     * The messages of a list; none if undefined.
     *
     * @throws TemplateException if it is not a list of messages
     */
    static List<Message> toMessages(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        List<Message> messages = new ArrayList<>();
        if (value instanceof Collection<?> items) {
            for (Object item : items) {
                messages.add(toMessage(item).orElseThrow(MessageValues::noMessages));
            }
            return messages;
        }
        throw noMessages();
    }

    /** A message, or a map of {@code role} (or {@code type}) and {@code content}. */
    static Optional<Message> toMessage(@Nullable Object value) {
        if (value instanceof Message message) {
            return Optional.of(message);
        }
        if (value instanceof Map<?, ?> map) {
            Object name = map.get("role") == null ? map.get("type") : map.get("role");
            return map.get("content") instanceof CharSequence content
                    ? role(name).map(role -> Message.of(role, content.toString()))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether there is nothing in it to read or to see. */
    static boolean isEmpty(Message message) {
        return message.content().stream()
                .allMatch(part -> part.isText() && part.text().isBlank());
    }

    private static Optional<Role> role(@Nullable Object name) {
        if ("bot".equals(name)) {
            return Optional.of(Role.ASSISTANT);
        }
        for (Role role : Role.values()) {
            if (role.wireName().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    private static TemplateException noMessages() {
        return new TemplateException("a list of messages is needed, such as {{ history | to_chat_messages }} gives");
    }
}
