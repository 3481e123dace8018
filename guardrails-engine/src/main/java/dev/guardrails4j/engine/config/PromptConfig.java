package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.Role;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of {@code prompts}, contract "config and rails" 1.5.
 *
 * @param task which task it is for, as written: {@code "self_check_input $variant=strict"}
 * @param messages the templates; an entry with {@code content} is one without a role
 * @param models {@code "engine"} or {@code "engine/model"}; empty for any
 * @param outputParser the name of the parser of the answer
 * @param maxLength the longest rendered prompt in characters, at least 1
 * @param mode the prompting mode
 * @param stop where the answer ends
 * @param maxTokens the answer's limit in tokens, at least 1
 * @param location where it is written
 */
public record PromptConfig(
        String task,
        List<MessageTemplate> messages,
        List<String> models,
        Optional<String> outputParser,
        int maxLength,
        String mode,
        List<String> stop,
        OptionalInt maxTokens,
        Location location) {

    /** {@code max_length} of a prompt that sets none, in characters. */
    public static final int DEFAULT_MAX_LENGTH = 16_000;

    /**
     * One message of a prompt.
     *
     * @param role who speaks; empty for a plain {@code content}, which is sent as the user, and for a plain string in
     *     {@code messages}, which is a template for a whole list of messages
     * @param isMessageList whether the template yields a list of messages
     * @param template the template's text
     * @param location where it is written
     */
    public record MessageTemplate(Optional<Role> role, boolean isMessageList, String template, Location location) {}
}
