package dev.guardrails4j.rails.contentsafety.tools;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import dev.guardrails4j.rails.contentsafety.judging.Blank;
import dev.guardrails4j.rails.contentsafety.judging.ModelParameter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code tool safety check input $model=x [$variant=y]}: asks a model whether what a tool returned may reach the main model.
 * The prompt's variables are {@code tool_name} and {@code tool_result_content}.
 */
public final class ToolResultSafetyRail implements Rail {

    @Override
    public String name() {
        return "tool safety check input";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.TOOL_INPUT);
    }

    @Override
    public String description() {
        return "Asks a model whether what a tool returned may reach the main model.";
    }

    @Override
    public List<Setting> parameters() {
        return List.of(ModelParameter.DESCRIPTION, ToolSafetyJudge.VARIANT);
    }

    @Override
    public Disclosure sendsTextTo() {
        return ModelParameter.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        ToolSafetyJudge judge = ToolSafetyJudge.configure(setup, "tool_safety_check_input");
        return context -> Blank.verdict(context)
                .orElseGet(() -> judge.ask(
                        context, Map.of("tool_name", toolName(context), "tool_result_content", context.text())));
    }

    /** The name of the tool that was called, which a result is linked to; else what the result itself says. */
    private static String toolName(RailContext context) {
        String callId = context.toolResult().map(ToolResult::callId).orElse("");
        return context.messages().stream()
                .map(Message::toolCalls)
                .flatMap(calls -> calls.stream())
                .filter(call -> !callId.isEmpty() && call.id().equals(callId))
                .map(ToolCall::name)
                .reduce((earlier, later) -> later)
                .or(() -> context.toolResult().map(ToolResult::name))
                .orElse("");
    }
}
