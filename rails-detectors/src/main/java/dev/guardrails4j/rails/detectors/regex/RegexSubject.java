package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.tools.ToolArguments;
import java.util.List;
import java.util.Optional;

/**
 * What patterns are searched for in: the text under check or, if the flow names one, a single argument of a tool's call or a
 * single member of its result. What has no such member, or is no JSON, is searched as a whole: nothing slips through.
 *
 * @param member the argument's name; empty for all of the text
 */
record RegexSubject(Optional<String> member) {

    private static final String ARGUMENT = "argument";

    static RegexSubject of(RailSetup setup) {
        return new RegexSubject(isOfTool(setup.stage()) ? setup.parameter(ARGUMENT) : Optional.empty());
    }

    /** The parameters that a flow may have at a stage. */
    static List<Setting> parameters(Stage stage) {
        return isOfTool(stage)
                ? List.of(Setting.string(ARGUMENT, "The only argument or member that is searched; all of the text."))
                : List.of();
    }

    private static boolean isOfTool(Stage stage) {
        return stage == Stage.TOOL_OUTPUT || stage == Stage.TOOL_INPUT;
    }

    String text(RailContext context) {
        return member.flatMap(name -> ToolArguments.member(context.text(), name))
                .orElseGet(context::text);
    }
}
