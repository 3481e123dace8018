package dev.guardrails4j.testkit;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as JSON, and the small bodies that are made of nothing else. */
final class Quoted {

    private Quoted() {}

    static String json(String text) {
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

    static String models(List<String> ids) {
        return ids.stream()
                .map(id -> "{\"id\":" + json(id)
                        + ",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"scripted\"}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    static String error(String message, String code) {
        return "{\"error\":{\"message\":" + json(message) + ",\"type\":\"scripted_error\",\"param\":null,\"code\":"
                + json(code) + "}}";
    }
}
