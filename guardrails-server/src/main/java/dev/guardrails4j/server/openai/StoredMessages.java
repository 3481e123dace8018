package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.RequestException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as they are kept and shown again: the JSON of requests. What is read back is validated as what a client sends,
 * for a store is a place that others may write to.
 */
public final class StoredMessages {

    private static final byte[] BEFORE = "{\"messages\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AFTER = "]}".getBytes(StandardCharsets.UTF_8);
    private static final String FUNCTION = "function";
    private static final Collection<String> INSTEAD_OF_CONTENT = List.of("refusal", "function_call");

    private StoredMessages() {}

    /** One message as a JSON object in UTF-8. */
    public static byte[] write(Message message) {
        return Json.write(wire(message));
    }

    /** A message as what its JSON is made of. */
    public static Map<String, @Nullable Object> wire(Message message) {
        Map<String, @Nullable Object> wire = new LinkedHashMap<>();
        wire.put("role", message.role().wireName());
        if (!message.content().isEmpty()) {
            wire.put("content", message.isPlainText() ? message.text() : parts(message.content()));
        } else if (message.role() == Role.FUNCTION) {
            wire.put("content", null);
        } else if (message.role() != Role.ASSISTANT) {
            wire.put("content", List.of());
        } else if (message.toolCalls().isEmpty()
                && INSTEAD_OF_CONTENT.stream().noneMatch(message.fields()::containsKey)) {
            wire.put("content", "");
        }
        if (!message.toolCalls().isEmpty()) {
            wire.put(
                    "tool_calls",
                    message.toolCalls().stream().map(StoredMessages::call).toList());
        }
        wire.putAll(message.fields());
        return wire;
    }

    /**
     * Messages that {@link #write} made.
     *
     * @throws RequestException if they are not what such messages have to be
     */
    public static List<Message> read(Collection<byte[]> written) {
        int length = BEFORE.length + AFTER.length;
        for (byte[] message : written) {
            length += message.length + 1;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(length);
        whole.writeBytes(BEFORE);
        boolean isFirst = true;
        for (byte[] message : written) {
            if (!isFirst) {
                whole.write(',');
            }
            whole.writeBytes(message);
            isFirst = false;
        }
        whole.writeBytes(AFTER);
        Field body = RequestBody.parse(whole.toByteArray());
        List<Message> messages = MessageReader.read(body.at("messages")).messages();
        body.violations().throwIfAny();
        return messages;
    }

    private static List<Map<String, Object>> parts(List<ContentPart> content) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (ContentPart part : content) {
            Map<String, Object> wire = new LinkedHashMap<>();
            wire.put("type", part.type());
            if (part.isText()) {
                wire.put("text", part.text());
            }
            wire.putAll(part.fields());
            parts.add(wire);
        }
        return parts;
    }

    private static Map<String, Object> call(ToolCall call) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("id", call.id());
        wire.put("type", FUNCTION);
        wire.put(FUNCTION, Map.of("name", call.name(), "arguments", call.arguments()));
        return wire;
    }
}
