package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.PlainValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the messages of a request, each by the schema of its role (contract "chat server" 1.2). */
final class MessageReader {

    private static final int MOST_MESSAGES = 10_000;
    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    private static final String NAME = "name";
    private static final String TOOL_CALLS = "tool_calls";
    private static final String FUNCTION_CALL = "function_call";
    private static final String FUNCTION = "function";
    private static final String REFUSAL = "refusal";
    private static final String REASONING = "reasoning_content";
    private static final String TOOL_CALL_ID = "tool_call_id";

    private static final Set<String> CONTEXT_KEYS = Set.of(ROLE, CONTENT);
    private static final Set<String> NAMED_KEYS = Set.of(ROLE, CONTENT, NAME);
    private static final Set<String> TOOL_KEYS = Set.of(ROLE, CONTENT, TOOL_CALL_ID);
    private static final Set<String> ASSISTANT_KEYS =
            Set.of(ROLE, CONTENT, NAME, FUNCTION_CALL, TOOL_CALLS, REFUSAL, REASONING);
    private static final Set<String> READ_KEYS = Set.of(ROLE, CONTENT, TOOL_CALLS, REASONING);

    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Object> context = new LinkedHashMap<>();

    private MessageReader() {}

    /** What a request says; nothing if {@code messages} is not given. */
    static Conversation read(Field messages) {
        MessageReader reader = new MessageReader();
        if (messages.isGiven() && messages.isList()) {
            if (messages.node().size() > MOST_MESSAGES) {
                messages.reject("List should have at most " + MOST_MESSAGES + " items");
            } else {
                messages.items().forEach(reader::message);
            }
        }
        return new Conversation(reader.messages, reader.context);
    }

    private void message(Field message) {
        if (!message.isObject()) {
            return;
        }
        message.at(ROLE)
                .oneOf("developer", "system", "user", "assistant", "tool", FUNCTION, "context")
                .ifPresent(role -> {
                    if (role.equals("context")) {
                        context(message);
                    } else {
                        messages.add(spoken(message, Role.valueOf(role.toUpperCase(Locale.ROOT))));
                    }
                });
    }

    private void context(Field message) {
        if (message.at(CONTENT).isObject()) {
            context.putAll(PlainValues.ofObject(message.at(CONTENT).node()));
        }
        message.forbidOthers(CONTEXT_KEYS);
    }

    private static Message spoken(Field message, Role role) {
        List<ContentPart> content = content(message, role);
        List<ToolCall> toolCalls = role == Role.ASSISTANT ? toolCalls(message.at(TOOL_CALLS)) : List.of();
        Map<String, Object> others = PlainValues.ofOthers(message.node(), READ_KEYS);
        return new Message(role, content, toolCalls, others);
    }

    private static List<ContentPart> content(Field message, Role role) {
        return switch (role) {
            case DEVELOPER, SYSTEM -> {
                message.at(NAME).optionalString();
                message.forbidOthers(NAMED_KEYS);
                yield ContentReader.text(message.at(CONTENT));
            }
            case USER -> {
                message.at(NAME).optionalString();
                message.forbidOthers(NAMED_KEYS);
                yield ContentReader.user(message.at(CONTENT));
            }
            case ASSISTANT -> assistantContent(message);
            case TOOL -> {
                message.at(TOOL_CALL_ID).string();
                message.forbidOthers(TOOL_KEYS);
                yield ContentReader.text(message.at(CONTENT));
            }
            case FUNCTION -> {
                message.at(NAME).string();
                message.forbidOthers(NAMED_KEYS);
                yield functionContent(message.at(CONTENT));
            }
        };
    }

    private static List<ContentPart> assistantContent(Field message) {
        if (!message.at(CONTENT).isGiven()
                && !message.at(FUNCTION_CALL).isGiven()
                && message.at(TOOL_CALLS).node().isEmpty()
                && !message.at(REFUSAL).isGiven()) {
            message.at(CONTENT).reject(Field.REQUIRED);
            return List.of();
        }
        if (message.at(FUNCTION_CALL).isGiven()) {
            functionCall(message.at(FUNCTION_CALL));
        }
        message.at(NAME).optionalString();
        message.at(REFUSAL).optionalString();
        // Ours, which clients send back with the answer it came with; no upstream wants it.
        message.at(REASONING).optionalString();
        message.forbidOthers(ASSISTANT_KEYS);
        return ContentReader.assistant(message.at(CONTENT));
    }

    private static List<ContentPart> functionContent(Field content) {
        if (content.node().isNull()) {
            return List.of();
        }
        return content.string().map(ContentPart::text).map(List::of).orElse(List.of());
    }

    private static List<ToolCall> toolCalls(Field toolCalls) {
        List<ToolCall> calls = new ArrayList<>();
        if (toolCalls.isGiven() && toolCalls.isList()) {
            for (Field call : toolCalls.items()) {
                if (call.isObject()) {
                    String id = call.at("id").string().orElse("");
                    Field function = call.at(FUNCTION);
                    functionCall(function);
                    call.at("type").oneOf(FUNCTION);
                    call.forbidOthers(Set.of("id", FUNCTION, "type"));
                    calls.add(new ToolCall(
                            id,
                            function.node().path(NAME).asText(),
                            function.node().path("arguments").asText()));
                }
            }
        }
        return calls;
    }

    private static void functionCall(Field call) {
        if (call.isObject()) {
            call.at("arguments").string();
            call.at(NAME).string();
            call.forbidOthers(Set.of("arguments", NAME));
        }
    }
}
