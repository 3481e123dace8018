package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code tool call validation}: blocks a call of a tool that the request does not offer, or whose arguments are not what
 * the tool's JSON Schema says. A tool without parameters takes no arguments; one that the model's host runs is known by its
 * type. A schema that cannot be used lets nothing pass. Contract "config and rails" 4.11.
 */
public final class ToolCallValidationRail implements Rail {

    private static final String KIND = "tool_call";

    @Override
    public String name() {
        return "tool call validation";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.TOOL_OUTPUT);
    }

    @Override
    public String description() {
        return "Blocks calls of unknown tools, and arguments that do not fit the tool's JSON Schema.";
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        ToolSchemas schemas = new ToolSchemas();
        return context -> check(context, schemas);
    }

    private static Verdict check(RailContext context, ToolSchemas schemas) {
        ToolCall call = context.toolCall().orElseThrow();
        List<OfferedTool> offered = OfferedTool.named(call.name(), context.tools());
        if (offered.isEmpty()) {
            return violation(context, call, "unknown_tool", "the request offers no such tool");
        }
        JsonNode arguments;
        try {
            arguments = ToolJson.arguments(call.arguments());
        } catch (JsonProcessingException e) {
            return violation(context, call, "invalid_json", "the arguments are not JSON, or too large");
        }
        if (!arguments.isObject()) {
            return violation(context, call, "invalid_arguments", "the arguments are not a JSON object");
        }
        try {
            // Nobody can tell which tool of several with one name will be called: the arguments must fit them all.
            for (OfferedTool tool : offered) {
                Optional<String> problem = tool.problem(arguments, schemas);
                if (problem.isPresent()) {
                    return violation(context, call, "invalid_arguments", problem.get());
                }
            }
            return Verdict.allow();
        } catch (UnusableSchemaException e) {
            return violation(context, call, "unusable_schema", "the tool's schema " + e.getMessage());
        }
    }

    private static Verdict violation(RailContext context, ToolCall call, String type, String reason) {
        return ToolViolation.verdict(KIND, type, reason, call.id(), call.name(), context.toolIndex());
    }
}
