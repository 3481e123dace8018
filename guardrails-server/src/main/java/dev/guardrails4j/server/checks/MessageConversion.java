package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.server.wire.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns messages that have been checked into those of the engine. */
final class MessageConversion {

    private static final String TEXT = "text";
    private static final String TYPE = "type";
    private static final Set<String> READ = Set.of("role", "content", "tool_calls");

    private MessageConversion() {}

    static Message message(JsonNode message) {
        return new Message(
                Role.valueOf(message.path("role").asText().toUpperCase(Locale.ROOT)),
                content(message.path("content")),
                toolCalls(message.path("tool_calls")),
                PlainValues.ofOthers(message, READ));
    }

    /** Text, or parts of it and of other things; nothing if it is neither. */
    static List<ContentPart> content(JsonNode content) {
        if (content.isTextual()) {
            return List.of(ContentPart.text(content.textValue()));
        }
        List<ContentPart> parts = new ArrayList<>();
        content.forEach(part -> {
            String type = part.path(TYPE).asText();
            parts.add(
                    type.equals(TEXT)
                            ? ContentPart.text(part.path(TEXT).asText())
                            : new ContentPart(type, "", PlainValues.ofOthers(part, Set.of(TYPE))));
        });
        return parts;
    }

    static List<ToolCall> toolCalls(JsonNode calls) {
        List<ToolCall> converted = new ArrayList<>();
        calls.forEach(call -> converted.add(new ToolCall(
                call.path("id").asText(),
                call.path("function").path("name").asText(),
                arguments(call.path("function").path("arguments")))));
        return converted;
    }

    /** TrustyAI's server takes an object, too. */
    private static String arguments(JsonNode arguments) {
        return arguments.isContainerNode() ? arguments.toString() : arguments.asText();
    }
}
