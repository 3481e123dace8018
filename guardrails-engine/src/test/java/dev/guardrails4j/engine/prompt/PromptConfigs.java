package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Role;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.PromptConfig;
import dev.guardrails4j.engine.config.PromptConfig.MessageTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Entries of {@code prompts} for tests. */
record PromptConfigs(PromptConfig config) {

    private static final Location PLACE = new Location("prompts.yml", 1);

    /** An entry with {@code content}. */
    static PromptConfigs of(String task, String content) {
        return of(task, List.of(new MessageTemplate(Optional.empty(), false, content, PLACE)));
    }

    static PromptConfigs of(String task, List<MessageTemplate> messages) {
        return new PromptConfigs(new PromptConfig(
                task,
                messages,
                List.of(),
                Optional.empty(),
                PromptConfig.DEFAULT_MAX_LENGTH,
                "standard",
                List.of(),
                OptionalInt.empty(),
                PLACE));
    }

    static MessageTemplate message(Role role, String template) {
        return new MessageTemplate(Optional.of(role), false, template, PLACE);
    }

    static MessageTemplate messageList(String template) {
        return new MessageTemplate(Optional.empty(), true, template, PLACE);
    }

    PromptConfigs forModels(List<String> models) {
        return with(
                config.messages(), models, config.outputParser(), config.maxLength(), config.mode(), config.location());
    }

    PromptConfigs inMode(String mode) {
        return with(
                config.messages(), config.models(), config.outputParser(), config.maxLength(), mode, config.location());
    }

    PromptConfigs parser(String parser) {
        return with(
                config.messages(),
                config.models(),
                Optional.of(parser),
                config.maxLength(),
                config.mode(),
                config.location());
    }

    PromptConfigs maxLength(int maxLength) {
        return with(
                config.messages(), config.models(), config.outputParser(), maxLength, config.mode(), config.location());
    }

    PromptConfigs at(String file, int line) {
        Location place = new Location(file, line);
        List<MessageTemplate> messages = config.messages().stream()
                .map(message -> new MessageTemplate(message.role(), message.isMessageList(), message.template(), place))
                .toList();
        return with(messages, config.models(), config.outputParser(), config.maxLength(), config.mode(), place);
    }

    PromptConfig build() {
        return config;
    }

    CompiledPrompt compile() {
        return compile(Map.of());
    }

    CompiledPrompt compile(Map<String, Object> globals) {
        return new Prompts(List.of(config), "standard", globals)
                .find(config.task(), "openai/gpt-4o")
                .orElseThrow();
    }

    private PromptConfigs with(
            List<MessageTemplate> messages,
            List<String> models,
            Optional<String> parser,
            int maxLength,
            String mode,
            Location location) {
        return new PromptConfigs(new PromptConfig(
                config.task(), messages, models, parser, maxLength, mode, config.stop(), config.maxTokens(), location));
    }
}
