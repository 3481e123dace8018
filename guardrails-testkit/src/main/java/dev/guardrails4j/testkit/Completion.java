package dev.guardrails4j.testkit;

import dev.guardrails4j.api.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/** The bodies of answers. Written by hand, so that the test kit brings no JSON library into anybody's tests. */
final class Completion {

    private static final int CREATED = 1_700_000_000;

    private Completion() {}

    static String text(String text) {
        return completion("\"content\":" + quote(text), "stop");
    }

    static String reasoned(String reasoning, String text) {
        return completion("\"reasoning_content\":" + quote(reasoning) + ",\"content\":" + quote(text), "stop");
    }

    static String toolCalls(List<ToolCall> calls) {
        String list = calls.stream()
                .map(call -> "{\"id\":" + quote(call.id()) + ",\"type\":\"function\",\"function\":{\"name\":"
                        + quote(call.name()) + ",\"arguments\":" + quote(call.arguments()) + "}}")
                .collect(Collectors.joining(","));
        return completion("\"content\":null,\"tool_calls\":[" + list + "]", "tool_calls");
    }

    static String models(List<String> ids) {
        return ids.stream()
                .map(id -> "{\"id\":" + quote(id) + ",\"object\":\"model\",\"created\":" + CREATED
                        + ",\"owned_by\":\"scripted\"}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    static String error(String message, String code) {
        return "{\"error\":{\"message\":" + quote(message) + ",\"type\":\"scripted_error\",\"param\":null,\"code\":"
                + quote(code) + "}}";
    }

    private static String completion(String fields, String finishReason) {
        return "{\"id\":\"chatcmpl-scripted\",\"object\":\"chat.completion\",\"created\":" + CREATED
                + ",\"model\":\"scripted-model\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + fields
                + "},\"finish_reason\":" + quote(finishReason) + "}],"
                + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12}}";
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
