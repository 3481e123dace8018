package dev.guardrails4j.server.checks;

import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Union;
import dev.guardrails4j.server.wire.Union.Alternative;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a message may be: one of five things, each with keys of its own and no others (contract "checks" 3.2). Members are
 * looked at in the order of the reference's classes, in which faults are told.
 */
final class MessageShapes {

    private static final int MOST_MESSAGES = 10_000;
    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    private static final String NAME = "name";
    private static final String TOOL_CALLS = "tool_calls";
    private static final String FUNCTION_CALL = "function_call";
    private static final String TOOL_CALL_ID = "tool_call_id";

    private static final Map<String, Alternative> BY_ROLE = Map.of(
            "system", new Alternative("ChatCompletionSystemMessageParam", MessageShapes::system),
            "user", new Alternative("ChatCompletionUserMessageParam", MessageShapes::user),
            "assistant", new Alternative("ChatCompletionAssistantMessageParam", MessageShapes::assistant),
            "tool", new Alternative("ChatCompletionToolMessageParam", MessageShapes::tool),
            "function", new Alternative("ChatCompletionFunctionMessageParam", MessageShapes::function));

    private static final Union ANY = new Union(List.of("system", "user", "assistant", "tool", "function").stream()
            .map(BY_ROLE::get)
            .toList());

    private MessageShapes() {}

    /** Whether this is a list of messages, and not too long; records what is wrong. */
    static boolean isList(Field messages) {
        if (messages.isList() && messages.node().size() > MOST_MESSAGES) {
            messages.reject("List should have at most " + MOST_MESSAGES + " items");
        }
        return messages.node().isArray() && messages.node().size() <= MOST_MESSAGES;
    }

    /** Whether a message is right; if not, what is wrong with each thing it might be is recorded. */
    static boolean check(Field message) {
        Alternative meant = BY_ROLE.get(message.node().path(ROLE).asText());
        return (meant != null && meant.fits(message)) || ANY.check(message);
    }

    private static void system(Field message) {
        if (message.isModel()) {
            message.at(CONTENT).string();
            message.at(ROLE).oneOf("system");
            message.at(NAME).optionalString();
            message.forbidOthers(Set.of(CONTENT, ROLE, NAME));
        }
    }

    private static void user(Field message) {
        if (message.isModel()) {
            ContentShapes.ofUser(message.at(CONTENT));
            message.at(ROLE).oneOf("user");
            message.at(NAME).optionalString();
            message.forbidOthers(Set.of(CONTENT, ROLE, NAME));
        }
    }

    private static void assistant(Field message) {
        if (message.isModel()) {
            message.at(ROLE).oneOf("assistant");
            ContentShapes.ofAssistant(message.at(CONTENT));
            if (message.at(FUNCTION_CALL).isGiven()) {
                called(message.at(FUNCTION_CALL));
            }
            message.at(NAME).optionalString();
            calls(message.at(TOOL_CALLS));
            message.forbidOthers(Set.of(ROLE, CONTENT, FUNCTION_CALL, NAME, TOOL_CALLS));
        }
    }

    private static void tool(Field message) {
        if (message.isModel()) {
            message.at(CONTENT).string();
            message.at(ROLE).oneOf("tool");
            message.at(TOOL_CALL_ID).string();
            message.forbidOthers(Set.of(CONTENT, ROLE, TOOL_CALL_ID));
        }
    }

    private static void function(Field message) {
        if (message.isModel()) {
            if (!message.at(CONTENT).node().isNull()) {
                message.at(CONTENT).string();
            }
            message.at(NAME).string();
            message.at(ROLE).oneOf("function");
            message.forbidOthers(Set.of(CONTENT, NAME, ROLE));
        }
    }

    private static void calls(Field calls) {
        if (calls.isGiven() && calls.isList()) {
            for (Field call : calls.items()) {
                if (call.isModel()) {
                    call.at("id").string();
                    called(call.at("function"));
                    call.at("type").oneOf("function");
                    call.forbidOthers(Set.of("id", "function", "type"));
                }
            }
        }
    }

    private static void called(Field function) {
        if (function.isModel()) {
            function.at("arguments").string();
            function.at(NAME).string();
            function.forbidOthers(Set.of("arguments", NAME));
        }
    }
}
