package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a tool has returned: the text of a message of the conversation. */
final class ReturnedResult implements Subject {

    private static final Set<Role> RETURNING = Set.of(Role.TOOL, Role.FUNCTION);

    private final Turn turn;
    private final int position;
    private final Set<String> tools;

    private ReturnedResult(Turn turn, int position, Set<String> tools) {
        this.turn = turn;
        this.position = position;
        this.tools = tools;
    }

    /** The results that have come since the model last called tools; all there are, if it never did. */
    static List<Subject> of(Turn turn) {
        List<Message> messages = turn.messages();
        int calling = messages.size() - 1;
        while (calling >= 0 && messages.get(calling).toolCalls().isEmpty()) {
            calling--;
        }
        List<ToolCall> calls = calling < 0 ? List.of() : messages.get(calling).toolCalls();
        List<Subject> results = new ArrayList<>();
        for (int i = calling + 1; i < messages.size(); i++) {
            if (RETURNING.contains(messages.get(i).role())) {
                results.add(new ReturnedResult(turn, i, tools(result(messages.get(i)), calls)));
            }
        }
        return results;
    }

    /** Every tool that the result may be of: the one it names, and those that were called with its id. */
    private static Set<String> tools(ToolResult result, List<ToolCall> calls) {
        Set<String> names = new HashSet<>();
        if (!result.name().isEmpty()) {
            names.add(result.name());
        }
        calls.stream().filter(call -> call.id().equals(result.callId())).forEach(call -> names.add(call.name()));
        return names;
    }

    private static ToolResult result(Message message) {
        return new ToolResult(field(message, "tool_call_id"), field(message, "name"), message.text());
    }

    private static String field(Message message, String name) {
        return message.fields().get(name) instanceof String text ? text : "";
    }

    private ToolResult result() {
        return result(turn.messages().get(position));
    }

    @Override
    public Turn turn() {
        return turn;
    }

    @Override
    public String text() {
        return result().text();
    }

    @Override
    public void rewrite(String text) {
        turn.rewriteMessage(position, text);
    }

    @Override
    public List<ContentPart> parts() {
        return turn.messages().get(position).content();
    }

    /** A result whose tool nobody can tell concerns the rails of every tool. */
    @Override
    public boolean concerns(ConfiguredRail rail) {
        return rail.stage() == Stage.TOOL_INPUT
                ? tools.isEmpty() || rail.flow().tool().map(tools::contains).orElse(true)
                : rail.flow().checksTools();
    }

    @Override
    public Optional<ToolResult> toolResult() {
        return Optional.of(result());
    }

    @Override
    public int toolIndex() {
        return position;
    }

    @Override
    public Map<String, Object> variables() {
        ToolResult result = result();
        return Map.of(
                "tool_name",
                tools.stream().sorted().findFirst().orElse(""),
                "tool_call_id",
                result.callId(),
                "tool_message",
                result.text());
    }
}
