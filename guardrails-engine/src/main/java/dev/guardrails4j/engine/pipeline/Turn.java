package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.config.InputScope;
import dev.guardrails4j.engine.trace.RequestObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One turn of a conversation while the rails work on it: what the user said, what was retrieved, what the model answered.
 * Used by the thread of its request only; what rails are given of it are copies.
 */
final class Turn {

    /** The context variable that holds what retrieval found. */
    static final String CHUNKS = "relevant_chunks";

    private final ChosenModel model;
    private RequestObserver observer = RequestObserver.NOTHING;
    private final Map<String, Object> variables;
    private final List<Map<String, Object>> tools;
    private final UserTurn said;
    private final Originals originals = new Originals();
    private List<Message> messages;
    private String userText;
    private String botText = "";
    private String reasoning = "";
    private String declined = "";
    private List<ToolCall> toolCalls = List.of();

    /**
     * A turn that begins.
     *
     * @param tools what the request offers to the model
     * @param scope what of the conversation the user is taken to say in it
     */
    Turn(
            List<Message> messages,
            Map<String, Object> context,
            List<Map<String, Object>> tools,
            ChosenModel model,
            InputScope scope) {
        this.tools = tools;
        this.model = model;
        this.messages = messages;
        this.variables = new LinkedHashMap<>(context);
        this.said = UserTurn.of(messages, scope);
        this.userText = said.text(messages);
    }

    /** A turn whose user says all that nothing has answered yet. */
    Turn(List<Message> messages, Map<String, Object> context, List<Map<String, Object>> tools, ChosenModel model) {
        this(messages, context, tools, model, InputScope.NEW);
    }

    /** An earlier turn of the conversation, as it was when its user had spoken. */
    Turn upTo(UserTurn earlier) {
        return new Turn(messages.subList(0, earlier.end() + 1), variables, tools, model).observedBy(observer);
    }

    /** The same turn, watched. */
    Turn observedBy(RequestObserver watching) {
        observer = watching;
        return this;
    }

    /** Who watches the request. */
    RequestObserver observer() {
        return observer;
    }

    /** Rails have changed what was said at the beginning of the conversation. */
    void replaceBeginning(List<Message> changed) {
        List<Message> whole = new ArrayList<>(changed);
        whole.addAll(messages.subList(changed.size(), messages.size()));
        messages = List.copyOf(whole);
    }

    /** What rails have put placeholders in the place of. */
    Originals originals() {
        return originals;
    }

    /** What must not reach the model in one place must not in another. */
    void hideOriginals() {
        messages = originals.hidden(messages);
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

    /** The parts of the messages that {@link #userText} was found in, as the rails left them. */
    List<ContentPart> userParts() {
        return said.positions().stream()
                .flatMap(position -> messages.get(position).content().stream())
                .toList();
    }

    String botText() {
        return botText;
    }

    /** What the model says instead of an answer; empty unless it will not give one. */
    String declined() {
        return declined;
    }

    String reasoning() {
        return reasoning;
    }

    List<Map<String, Object>> tools() {
        return tools;
    }

    /** The calls of tools in the model's answer. */
    List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /** The texts that the rails of tool calls check, one a call. */
    List<Subject> calledTools() {
        return IntStream.range(0, toolCalls.size())
                .<Subject>mapToObj(index -> new CalledTool(this, index))
                .toList();
    }

    boolean hasUserTurn() {
        return said.isPresent();
    }

    /** The text that a stage's rails check. */
    String text(Stage stage) {
        return switch (stage) {
            case INPUT -> userText;
            case RETRIEVAL -> String.join("\n", chunks());
            case OUTPUT -> botText;
            case TOOL_OUTPUT, TOOL_INPUT ->
                throw new IllegalArgumentException(stage + " has no text but those of tools");
        };
    }

    /** A rail has changed the text of its stage. The reasoning behind an answer that was changed is not shown. */
    void rewrite(Stage stage, String text) {
        switch (stage) {
            case INPUT -> {
                messages = said.rewritten(messages, text);
                userText = text;
            }
            case RETRIEVAL -> variables.put(CHUNKS, text);
            case OUTPUT -> answer(text, "");
            case TOOL_OUTPUT, TOOL_INPUT ->
                throw new IllegalArgumentException(stage + " has no text but those of tools");
        }
    }

    /** A rail has changed the arguments of a call. The reasoning behind a call that was changed is not shown. */
    void rewriteToolCall(int index, String arguments) {
        List<ToolCall> calls = new ArrayList<>(toolCalls);
        ToolCall call = calls.get(index);
        calls.set(index, new ToolCall(call.id(), call.name(), arguments));
        toolCalls = List.copyOf(calls);
        reasoning = "";
    }

    /** A rail has changed the text of a message: the result of a tool. */
    void rewriteMessage(int position, String text) {
        List<Message> changed = new ArrayList<>(messages);
        changed.set(position, changed.get(position).withText(text));
        messages = List.copyOf(changed);
    }

    /** A rail has changed what the model says instead of an answer. The reasoning behind it is not shown. */
    void rewriteDeclined(String text) {
        declined = text;
        reasoning = "";
    }

    void callTools(List<ToolCall> calls) {
        toolCalls = List.copyOf(calls);
    }

    void answer(String text, String thoughts) {
        botText = text;
        reasoning = thoughts;
    }

    /** Takes all that an answer says and asks for. */
    void answer(Message message, String thoughts) {
        answer(message.text(), thoughts);
        declined = DeclinedText.of(message);
        callTools(message.toolCalls());
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
