package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.Role;
import dev.guardrails4j.engine.config.PromptConfig.MessageTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code prompts}, contract "config and rails" 1.5. */
final class PromptReader {

    private static final String STANDARD_MODE = "standard";

    private static final Set<Role> ROLES = Set.of(Role.SYSTEM, Role.DEVELOPER, Role.USER, Role.ASSISTANT);

    private final Problems problems;

    PromptReader(Problems problems) {
        this.problems = problems;
    }

    List<PromptConfig> read(List<ConfigNode> entries) {
        List<PromptConfig> prompts = new ArrayList<>();
        entries.forEach(entry -> read(new NodeReader(entry, problems)).ifPresent(prompts::add));
        return List.copyOf(prompts);
    }

    private Optional<PromptConfig> read(NodeReader entry) {
        Optional<String> task =
                entry.require("task", "name the task that the prompt is for, such as self_check_input", Values::name);
        List<MessageTemplate> messages = templates(entry);
        List<String> models = entry.strings("models");
        Optional<String> outputParser = entry.read("output_parser", Values::name);
        int maxLength =
                entry.read("max_length", node -> Values.integer(node, 1)).orElse(PromptConfig.DEFAULT_MAX_LENGTH);
        String mode = entry.read("mode", Values::name).orElse(STANDARD_MODE);
        List<String> stop = entry.strings("stop");
        OptionalInt maxTokens = entry.read("max_tokens", node -> Values.integer(node, 1)).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
        entry.rejectUnknownKeys();
        return task.map(name -> new PromptConfig(
                name.strip(),
                messages,
                models,
                outputParser,
                maxLength,
                mode,
                stop,
                maxTokens,
                entry.node().location()));
    }

    /** From {@code content} or from {@code messages}, of which a prompt has exactly one; empty ones count as missing. */
    private List<MessageTemplate> templates(NodeReader entry) {
        boolean hasContent =
                entry.find("content").filter(node -> !"".equals(node.value())).isPresent();
        boolean hasMessages = entry.find("messages")
                .filter(node -> !node.isList() || !node.items().isEmpty())
                .isPresent();
        if (hasContent == hasMessages) {
            problems.error(
                    entry.node().location(),
                    entry.node().path() + ": "
                            + (hasContent
                                    ? "Only one of `content` or `messages` must be provided."
                                    : "One of `content` or `messages` must be provided."));
            return List.of();
        }
        if (hasContent) {
            return entry.read("content", node -> template(Optional.empty(), false, node)).stream()
                    .toList();
        }
        List<MessageTemplate> templates = new ArrayList<>();
        entry.items("messages").forEach(item -> message(item).ifPresent(templates::add));
        return List.copyOf(templates);
    }

    private Optional<MessageTemplate> message(ConfigNode item) {
        if (item.value() instanceof String) {
            return Optional.of(template(Optional.empty(), true, item));
        }
        NodeReader message = new NodeReader(item, problems);
        if (item.isNull()) {
            problems.addAll(Values.wrongType(item, "a map of type and content, or a template")
                    .problems());
            return Optional.empty();
        }
        if (!item.isMap()) {
            return Optional.empty();
        }
        Optional<Role> role = message.require("type", "write system, user or assistant", PromptReader::role);
        Optional<MessageTemplate> template =
                message.require("content", "write the message's template", node -> template(role, false, node));
        message.rejectUnknownKeys();
        return template;
    }

    private static Role role(ConfigNode node) {
        String written = Values.string(node);
        return ROLES.stream()
                .filter(role -> role.wireName().equals(written))
                .findFirst()
                .orElseThrow(() -> Values.wrong(node, "must be system, developer, user or assistant"));
    }

    private static MessageTemplate template(Optional<Role> role, boolean isMessageList, ConfigNode node) {
        return new MessageTemplate(role, isMessageList, Values.string(node), node.location());
    }
}
