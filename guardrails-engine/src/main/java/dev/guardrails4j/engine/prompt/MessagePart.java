package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import java.util.List;
import java.util.Map;

/** A part of a prompt that gives messages. Immutable; safe for use by many threads. */
@FunctionalInterface
interface MessagePart {

    /**
     * Gives the messages for these values, none of them empty.
     *
     * @throws TemplateException if they cannot be made of these values
     */
    List<Message> render(Map<String, ?> variables);

    /** One message, left out if it is blank. */
    static MessagePart of(Role role, PromptTemplate template) {
        return variables -> {
            String text = template.render(variables);
            return text.isBlank() ? List.of() : List.of(Message.of(role, text));
        };
    }

    /** As many messages as the expression gives, without those that are empty. */
    static MessagePart listOf(Expression expression) {
        return variables -> MessageValues.toMessages(expression.evaluate(variables)).stream()
                .filter(message -> !MessageValues.isEmpty(message))
                .toList();
    }
}
