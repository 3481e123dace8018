package dev.guardrails4j.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A message of a conversation.
 *
 * @param role who speaks
 * @param content the parts of the content in order; empty if there is none
 * @param toolCalls the calls an assistant asks for; empty if none
 * @param fields everything else the message has on the wire ({@code name}, {@code tool_call_id}, {@code refusal} ...),
 *     forwarded as it is
 * @since 0.1
 */
public record Message(Role role, List<ContentPart> content, List<ToolCall> toolCalls, Map<String, Object> fields) {

    public Message {
        Objects.requireNonNull(role, "role is null");
        content = List.copyOf(content);
        toolCalls = List.copyOf(toolCalls);
        fields = fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A message of text only. */
    public static Message of(Role role, String text) {
        return new Message(role, List.of(ContentPart.text(text)), List.of(), Map.of());
    }

    public static Message system(String text) {
        return of(Role.SYSTEM, text);
    }

    public static Message user(String text) {
        return of(Role.USER, text);
    }

    public static Message assistant(String text) {
        return of(Role.ASSISTANT, text);
    }

    /** The text parts, joined by line breaks; empty if there are none. */
    public String text() {
        return content.size() == 1 && content.get(0).isText()
                ? content.get(0).text()
                : content.stream()
                        .filter(ContentPart::isText)
                        .map(ContentPart::text)
                        .collect(Collectors.joining("\n"));
    }

    /** Whether the content is one text and nothing else, so that it may be sent as a plain string. */
    public boolean isPlainText() {
        return content.size() == 1 && content.get(0).isPlainText();
    }

    /** The same message with its text replaced: the first text part takes it, the other text parts are dropped. */
    public Message withText(String text) {
        List<ContentPart> parts = new ArrayList<>();
        boolean replaced = false;
        for (ContentPart part : content) {
            if (!part.isText()) {
                parts.add(part);
            } else if (!replaced) {
                parts.add(part.withText(text));
                replaced = true;
            }
        }
        if (!replaced) {
            parts.add(0, ContentPart.text(text));
        }
        return new Message(role, parts, toolCalls, fields);
    }
}
