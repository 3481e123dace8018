package dev.guardrails4j.server.checks;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a check request to TrustyAI's server, read and validated (contract "checks" 10). Immutable.
 *
 * @param model the main model's name; empty for the configured one
 * @param messages each to be checked on its own; empty if there is nothing to check
 * @param config which configuration it is for
 * @param stream whether each message is to be answered at once
 */
public record MessageCheckRequest(String model, List<Said> messages, ConfigChoice config, boolean stream) {

    private static final String CONTENT = "content";
    private static final String TOOL_CALLS = "tool_calls";

    /**
     * A message of the request.
     *
     * @param index where it stands, counted from 0
     * @param role as the request spells it
     * @param message what rails are to look at; empty if no message has such a role
     */
    public record Said(int index, String role, Optional<Message> message) {}

    public MessageCheckRequest {
        messages = List.copyOf(messages);
    }

    /**
     * Reads a body.
     *
     * @throws dev.guardrails4j.server.wire.RequestException if it is not what it has to be; names every fault
     */
    public static MessageCheckRequest read(byte[] json) {
        Field body = RequestBody.parse(json);
        String model = body.at("model").string().orElse("");
        List<Said> messages = body.at("messages").isGiven() ? messages(body.at("messages")) : List.of();
        Field guardrails = body.at("guardrails");
        ConfigChoice config =
                !guardrails.isMissing() && guardrails.isModel() ? config(guardrails) : new ConfigChoice.Unspecified();
        Field stream = body.at("stream");
        boolean isStreamed = stream.isGiven() && Scalars.flag(stream).orElse(false);
        body.violations().throwIfAny();
        return new MessageCheckRequest(model, messages, config, isStreamed);
    }

    private static ConfigChoice config(Field guardrails) {
        if (guardrails.at("config").node().isTextual()) {
            guardrails.at("config").rejectRule("YAML is not read here; send the configuration as an object");
        }
        return ConfigChoiceReader.read(guardrails);
    }

    private static List<Said> messages(Field messages) {
        if (!MessageShapes.isList(messages)) {
            return List.of();
        }
        List<Said> said = new ArrayList<>();
        List<Field> items = messages.items();
        for (int index = 0; index < items.size(); index++) {
            Field message = items.get(index);
            if (message.isObject() && message.at("role").node().isTextual()) {
                String role = message.at("role").node().textValue();
                said.add(new Said(index, role, message(message, role)));
            }
        }
        return said;
    }

    private static Optional<Message> message(Field message, String role) {
        List<ContentPart> content = content(message.at(CONTENT));
        return switch (role) {
            case "user", "system" -> Optional.of(new Message(Role.USER, content, List.of(), Map.of()));
            case "assistant" ->
                Optional.of(new Message(Role.ASSISTANT, content, toolCalls(message.at(TOOL_CALLS)), Map.of()));
            case "tool" -> Optional.of(new Message(Role.TOOL, content, List.of(), returned(message)));
            default -> Optional.empty();
        };
    }

    private static List<ContentPart> content(Field content) {
        if (content.isGiven() && !content.node().isTextual() && !content.node().isArray()) {
            content.reject("Input should be a valid string or list");
        }
        return MessageConversion.content(content.node());
    }

    private static List<ToolCall> toolCalls(Field calls) {
        if (!calls.isGiven() || !calls.isList()) {
            return List.of();
        }
        calls.items().forEach(Field::isObject);
        return MessageConversion.toolCalls(calls.node());
    }

    private static Map<String, Object> returned(Field message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : List.of("name", "tool_call_id")) {
            message.at(name).optionalString().ifPresent(text -> fields.put(name, text));
        }
        return fields;
    }
}
