package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One turn of a conversation while the rails work on it: what the user said, what was retrieved, what the model answered.
 * Used by the thread of its request only; what rails are given of it are copies.
 */
final class Turn {

    private static final String CHUNKS = "relevant_chunks";

    private final ChosenModel model;
    private final Map<String, Object> variables;
    private List<Message> messages;
    private String userText;
    private String botText = "";
    private String reasoning = "";

    Turn(List<Message> messages, Map<String, Object> context, ChosenModel model) {
        this.model = model;
        this.messages = messages;
        this.variables = new LinkedHashMap<>(context);
        this.userText = UserTurn.of(messages).text();
    }

    ChosenModel model() {
        return model;
    }

    List<Message> messages() {
        return messages;
    }

    String userText() {
        return userText;
    }

    String botText() {
        return botText;
    }

    String reasoning() {
        return reasoning;
    }

    boolean hasUserTurn() {
        return UserTurn.of(messages).isPresent();
    }

    /** The text that a stage's rails check. */
    String text(Stage stage) {
        return switch (stage) {
            case INPUT -> userText;
            case RETRIEVAL -> String.join("\n", chunks());
            case OUTPUT -> botText;
        };
    }

    /** A rail has changed the text of its stage. The reasoning behind an answer that was changed is not shown. */
    void rewrite(Stage stage, String text) {
        switch (stage) {
            case INPUT -> {
                messages = UserTurn.of(messages).rewritten(text);
                userText = text;
            }
            case RETRIEVAL -> variables.put(CHUNKS, text);
            case OUTPUT -> answer(text, "");
        }
    }

    void answer(String text, String thoughts) {
        botText = text;
        reasoning = thoughts;
    }

    /** What retrieval found: a string or a list in the context variable {@code relevant_chunks}. */
    List<String> chunks() {
        Object value = variables.get(CHUNKS);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null || value.toString().isBlank() ? List.of() : List.of(value.toString());
    }

    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** The context variables of contract "config and rails" 2.5 as they stand now. */
    Map<String, Object> variables() {
        Map<String, Object> now = new LinkedHashMap<>(variables);
        now.put("user_message", userText);
        now.put("last_user_message", userText);
        now.put("bot_message", botText);
        now.put("last_bot_message", lastBotMessage());
        if (!reasoning.isEmpty()) {
            now.put("bot_thinking", reasoning);
        }
        return Collections.unmodifiableMap(now);
    }

    private String lastBotMessage() {
        if (!botText.isEmpty()) {
            return botText;
        }
        List<Message> answers = new ArrayList<>(messages);
        answers.removeIf(message -> message.role() != Role.ASSISTANT);
        return answers.isEmpty() ? "" : answers.get(answers.size() - 1).text();
    }
}
