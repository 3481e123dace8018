package dev.guardrails4j.testkit;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.TaskPrompt;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A prompt that lists its variables by name, one a line: {@code user_input: hello}. */
record ListingPrompt(String task) implements TaskPrompt {

    @Override
    public List<Message> render(Map<String, ?> variables) {
        return List.of(Message.user(new TreeMap<String, Object>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + ": " + variable.getValue())
                        .collect(Collectors.joining("\n"))));
    }

    @Override
    public List<String> stop() {
        return List.of();
    }

    @Override
    public OptionalInt maxTokens() {
        return OptionalInt.empty();
    }
}
