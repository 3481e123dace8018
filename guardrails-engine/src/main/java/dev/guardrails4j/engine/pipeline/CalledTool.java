package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import java.util.Map;
import java.util.Optional;

/** A call of a tool that the model asks for: its arguments. */
record CalledTool(Turn turn, int toolIndex) implements Subject {

    private ToolCall call() {
        return turn.toolCalls().get(toolIndex);
    }

    @Override
    public String text() {
        return call().arguments();
    }

    @Override
    public void rewrite(String text) {
        turn.rewriteToolCall(toolIndex, text);
    }

    @Override
    public boolean concerns(ConfiguredRail rail) {
        return rail.stage() == Stage.TOOL_OUTPUT
                ? rail.flow().tool().map(call().name()::equals).orElse(true)
                : rail.flow().checksTools();
    }

    @Override
    public Optional<ToolCall> toolCall() {
        return Optional.of(call());
    }

    @Override
    public Map<String, Object> variables() {
        ToolCall call = call();
        return Map.of(
                "tool_name",
                call.name(),
                "tool_call_id",
                call.id(),
                "tool_call",
                Map.of("id", call.id(), "name", call.name(), "args", call.arguments()));
    }
}
