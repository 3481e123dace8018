package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.tools.ToolArguments;
import java.util.Optional;

/**
 * What patterns are searched for in: the text under check or, if the flow names one, a single argument of a tool's call or a
 * single member of its result. What has no such member, or is no JSON, is searched as a whole: nothing slips through.
 *
 * @param member the argument's name; empty for all of the text
 */
record RegexSubject(Optional<String> member) {

    static RegexSubject of(RailSetup setup) {
        boolean ofTool = setup.stage() == Stage.TOOL_OUTPUT || setup.stage() == Stage.TOOL_INPUT;
        return new RegexSubject(ofTool ? setup.parameter("argument") : Optional.empty());
    }

    String text(RailContext context) {
        return member.flatMap(name -> ToolArguments.member(context.text(), name))
                .orElseGet(context::text);
    }
}
