package dev.guardrails4j.engine.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes requests as OpenAI's chat completions API wants them. Immutable. */
final class RequestWriter {

    private static final String STREAM_OPTIONS = "stream_options";

    /** Ours to say: how the answer is read. */
    private static final Set<String> NOT_PARAMETERS = Set.of("model", "messages", "stream", STREAM_OPTIONS);

    private static final Set<String> NOT_MESSAGE_FIELDS = Set.of("role", "content", "tool_calls");
    private static final Set<String> INSTEAD_OF_CONTENT = Set.of("function_call", "refusal");
    private static final Set<String> NOT_PART_FIELDS = Set.of("type", "text");

    private final Map<String, Object> defaults;

    /** @param defaults parameters for every request that does not set them itself */
    RequestWriter(Map<String, Object> defaults) {
        this.defaults = defaults;
    }

    /** A request for a whole answer. */
    byte[] write(String model, ChatRequest request) {
        return write(model, request, Map.of());
    }

    /**
     * A request for a stream.
     *
     * @param withOptions whether it has options: those of the parameters, and that the tokens are told
     */
    byte[] writeStreamed(String model, ChatRequest request, boolean withOptions) {
        Map<String, Object> wishes = new LinkedHashMap<>();
        wishes.put("stream", true);
        if (withOptions) {
            Map<Object, Object> options = new LinkedHashMap<>();
            if (parameters(request).get(STREAM_OPTIONS) instanceof Map<?, ?> asked) {
                options.putAll(asked);
            }
            options.put("include_usage", true);
            wishes.put(STREAM_OPTIONS, options);
        }
        return write(model, request, wishes);
    }

    private byte[] write(String model, ChatRequest request, Map<String, Object> wishes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = WireJson.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeArrayFieldStart("messages");
            for (Message message : request.messages()) {
                writeMessage(json, message);
            }
            json.writeEndArray();
            writeFields(json, parameters(request), NOT_PARAMETERS);
            writeFields(json, wishes, Set.of());
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalArgumentException("a parameter is not a value of JSON", e);
        }
        return out.toByteArray();
    }

    private Map<String, Object> parameters(ChatRequest request) {
        Map<String, Object> parameters = new LinkedHashMap<>(defaults);
        parameters.putAll(request.parameters());
        return parameters;
    }

    private static void writeMessage(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", message.role().wireName());
        json.writeFieldName("content");
        writeContent(json, message);
        if (!message.toolCalls().isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (ToolCall call : message.toolCalls()) {
                writeToolCall(json, call);
            }
            json.writeEndArray();
        }
        writeFields(json, message.fields(), NOT_MESSAGE_FIELDS);
        json.writeEndObject();
    }

    /** A plain string wherever that says everything: many endpoints understand nothing else. */
    private static void writeContent(JsonGenerator json, Message message) throws IOException {
        if (message.isPlainText()) {
            json.writeString(message.text());
        } else if (message.content().isEmpty()) {
            if (needsNoContent(message)) {
                json.writeNull();
            } else {
                json.writeString("");
            }
        } else {
            json.writeStartArray();
            for (ContentPart part : message.content()) {
                json.writeStartObject();
                json.writeStringField("type", part.type());
                if (part.isText()) {
                    json.writeStringField("text", part.text());
                }
                writeFields(json, part.fields(), NOT_PART_FIELDS);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    /** What may say nothing, contract "chat server" 1.2. */
    private static boolean needsNoContent(Message message) {
        return message.role() == Role.FUNCTION
                || !message.toolCalls().isEmpty()
                || INSTEAD_OF_CONTENT.stream().anyMatch(message.fields()::containsKey);
    }

    private static void writeToolCall(JsonGenerator json, ToolCall call) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.name());
        json.writeStringField("arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, Map<String, Object> fields, Set<String> except)
            throws IOException {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (!except.contains(field.getKey())) {
                json.writeFieldName(field.getKey());
                WireJson.write(json, field.getValue());
            }
        }
    }
}
