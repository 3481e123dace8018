package dev.guardrails4j.rails.contentsafety.tools;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.rails.contentsafety.judging.JsonText;
import dev.guardrails4j.rails.contentsafety.judging.ModelParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code tool safety check output $model=x [$variant=y] [$argument=z]}: asks a model whether a tool may be called so. The
 * prompt's variables are {@code tool_name} and {@code tool_call_arguments}, which is JSON: all of them, or the one that
 * {@code $argument} names. A call without that one is shown as a whole: nothing slips through.
 */
public final class ToolCallSafetyRail implements Rail {

    @Override
    public String name() {
        return "tool safety check output";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.TOOL_OUTPUT);
    }

    @Override
    public String description() {
        return "Asks a model whether a tool may be called with the arguments that it is called with.";
    }

    @Override
    public List<Setting> parameters() {
        return List.of(
                ModelParameter.DESCRIPTION,
                ToolSafetyJudge.VARIANT,
                Setting.string("argument", "The argument to show to the model; all if it is left out."));
    }

    @Override
    public Disclosure sendsTextTo() {
        return ModelParameter.DISCLOSURE;
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Optional<String> argument = setup.parameter("argument");
        ToolSafetyJudge judge = ToolSafetyJudge.configure(setup, "tool_safety_check_output");
        return context -> judge.ask(
                context,
                Map.of(
                        "tool_name", context.toolCall().map(ToolCall::name).orElse(""),
                        "tool_call_arguments", arguments(context, argument)));
    }

    private static String arguments(RailContext context, Optional<String> argument) {
        return argument.flatMap(name -> JsonText.member(context.text(), name)).orElseGet(context::text);
    }
}
