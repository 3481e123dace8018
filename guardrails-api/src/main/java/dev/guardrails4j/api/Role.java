package dev.guardrails4j.api;

import java.util.Locale;

/**
 * Who speaks in a message, as the OpenAI chat API names it.
 *
 * @since 0.1
 */
public enum Role {
    SYSTEM,
    DEVELOPER,
    USER,
    ASSISTANT,
    TOOL,
    FUNCTION;

    /** The name on the wire: {@code "assistant"}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
