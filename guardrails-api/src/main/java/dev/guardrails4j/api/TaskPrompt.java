package dev.guardrails4j.api;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A prompt of a configuration, compiled. Immutable; safe for use by many threads.
 *
 * @since 0.1
 */
public interface TaskPrompt {

    /** The task as the configuration spells it: {@code "self_check_input"}. */
    String task();

    /**
     * Fills in the variables. Values are never read as template code.
     *
     * @return the messages to send, at least one
     * @throws IllegalStateException if the result is longer than the prompt's {@code max_length} in characters
     */
    List<Message> render(Map<String, ?> variables);

    /** Where the answer ends; empty if the prompt does not say. */
    List<String> stop();

    /** The limit of the answer in tokens, if the prompt sets one. */
    OptionalInt maxTokens();
}
