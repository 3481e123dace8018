package dev.guardrails4j.testkit;

import dev.guardrails4j.api.ToolCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A chat completion, as one body or as the events of a stream. Written by hand, so that the test kit brings no JSON library
 * into anybody's tests.
 *
 * @param reasoning the reasoning in the chunks of a stream
 * @param text the text in the chunks of a stream
 * @param calls calls of tools; if there are any, there is no text
 */
record Completion(List<String> reasoning, List<String> text, List<ToolCall> calls) {

    private static final String HEAD =
            "{\"id\":\"chatcmpl-scripted\",\"object\":\"%s\",\"created\":1700000000,\"model\":\"scripted-model\",\"choices\":";
    private static final String USAGE = ",\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12}}";

    static Completion of(String text) {
        return new Completion(List.of(), tokens(text), List.of());
    }

    static Completion reasoned(String reasoning, String text) {
        return new Completion(tokens(reasoning), tokens(text), List.of());
    }

    static Completion chunks(List<String> chunks) {
        return new Completion(List.of(), chunks, List.of());
    }

    static Completion toolCalls(List<ToolCall> calls) {
        return new Completion(List.of(), List.of(), calls);
    }

    String json() {
        List<String> fields = new ArrayList<>();
        if (!reasoning.isEmpty()) {
            fields.add("\"reasoning_content\":" + Quoted.json(String.join("", reasoning)));
        }
        if (calls.isEmpty()) {
            fields.add("\"content\":" + Quoted.json(String.join("", text)));
        } else {
            fields.add("\"content\":null");
            fields.add("\"tool_calls\":"
                    + calls.stream()
                            .map(call -> "{" + function(call, call.arguments()) + "}")
                            .collect(Collectors.joining(",", "[", "]")));
        }
        return String.format(HEAD, "chat.completion") + "[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + String.join(",", fields) + "},\"finish_reason\":" + Quoted.json(finishReason()) + "}]" + USAGE;
    }

    /** The events of a stream, contract "chat server" 3.1 and OpenAI's: role, chunks, finish, usage if asked for, end. */
    String events(boolean withUsage) {
        List<String> events = new ArrayList<>();
        events.add(delta("\"role\":\"assistant\",\"content\":\"\""));
        reasoning.forEach(chunk -> events.add(delta("\"reasoning_content\":" + Quoted.json(chunk))));
        text.forEach(chunk -> events.add(contentEvent(chunk)));
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            events.add(delta(callDelta(i, function(call, ""))));
            for (String part : tokens(call.arguments())) {
                events.add(delta(callDelta(i, "\"function\":{\"arguments\":" + Quoted.json(part) + "}")));
            }
        }
        events.add(event("[{\"index\":0,\"delta\":{},\"finish_reason\":" + Quoted.json(finishReason()) + "}]}"));
        if (withUsage) {
            events.add(event("[]" + USAGE));
        }
        events.add("data: [DONE]\n\n");
        return String.join("", events);
    }

    /** One event that brings this text. */
    static String contentEvent(String text) {
        return delta("\"content\":" + Quoted.json(text));
    }

    private static String delta(String fields) {
        return event("[{\"index\":0,\"delta\":{" + fields + "},\"finish_reason\":null}]}");
    }

    private static String event(String choicesAndRest) {
        return "data: " + String.format(HEAD, "chat.completion.chunk") + choicesAndRest + "\n\n";
    }

    private static String callDelta(int index, String fields) {
        return "\"tool_calls\":[{\"index\":" + index + "," + fields + "}]";
    }

    private static String function(ToolCall call, String arguments) {
        return "\"id\":" + Quoted.json(call.id()) + ",\"type\":\"function\",\"function\":{\"name\":"
                + Quoted.json(call.name()) + ",\"arguments\":" + Quoted.json(arguments) + "}";
    }

    private String finishReason() {
        return calls.isEmpty() ? "stop" : "tool_calls";
    }

    /** A token is a word with the white space after it. */
    private static List<String> tokens(String text) {
        return Arrays.stream(text.split("(?<=\\s)(?=\\S)"))
                .filter(token -> !token.isEmpty())
                .toList();
    }
}
