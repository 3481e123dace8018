package dev.guardrails4j.server.batch;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who says a text that is to be checked, and so which rails look at it. */
public enum Speaker {
    USER(Role.USER, Stage.INPUT),
    ASSISTANT(Role.ASSISTANT, Stage.OUTPUT),
    TOOL(Role.TOOL, Stage.TOOL_INPUT);

    private final Role role;
    private final Stage stage;

    Speaker(Role role, Stage stage) {
        this.role = role;
        this.stage = stage;
    }

    /** Where the rails are that look at it. */
    public Stage stage() {
        return stage;
    }

    /** As it is written: {@code "assistant"}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one that is written so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Speaker parse(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is none of %s".formatted(wireName, names())));
    }

    static Optional<Speaker> find(String wireName) {
        return Arrays.stream(values())
                .filter(speaker -> speaker.wireName().equals(wireName))
                .findFirst();
    }

    /** All of them: {@code "user, assistant, tool"}. */
    static String names() {
        return Arrays.stream(values()).map(Speaker::wireName).collect(Collectors.joining(", "));
    }

    /** A message with a text. */
    public Message message(String text) {
        return new Message(role, List.of(ContentPart.text(text)), List.of(), Map.of());
    }
}
