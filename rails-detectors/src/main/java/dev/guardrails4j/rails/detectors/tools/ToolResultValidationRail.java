package dev.guardrails4j.rails.detectors.tools;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Set;

/**
 * {@code tool result validation}: blocks a result that does not answer a call of the assistant's turn before it, answers one
 * that is answered already, or is of another tool. Contract "config and rails" 4.11.
 */
public final class ToolResultValidationRail implements Rail {

    private static final String KIND = "tool_result";

    @Override
    public String name() {
        return "tool result validation";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.TOOL_INPUT);
    }

    @Override
    public String description() {
        return "Blocks results of tools that nobody called, that come twice, or that are of another tool.";
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        return ToolResultValidationRail::check;
    }

    private static Verdict check(RailContext context) {
        ToolResult result = context.toolResult().orElseThrow();
        List<Message> messages = context.messages();
        int position = context.toolIndex();
        if (result.callId().isEmpty()) {
            return violation(context, result, "missing_tool_call_id", "the result does not say which call it answers");
        }
        int calling = position - 1;
        while (calling >= 0 && messages.get(calling).role() != Role.ASSISTANT) {
            calling--;
        }
        List<ToolCall> answered = (calling < 0
                        ? List.<ToolCall>of()
                        : messages.get(calling).toolCalls())
                .stream().filter(call -> call.id().equals(result.callId())).toList();
        if (answered.isEmpty()) {
            return violation(
                    context, result, "unknown_tool_call_id", "the assistant's turn before it has no call with this id");
        }
        if (messages.subList(calling + 1, position).stream().anyMatch(other -> answers(other, result.callId()))) {
            return violation(context, result, "duplicate_tool_call_id", "the call has a result already");
        }
        if (!result.name().isEmpty()
                && answered.stream().noneMatch(call -> call.name().equals(result.name()))) {
            return violation(context, result, "name_mismatch", "the call it answers is of another tool");
        }
        if (messages.get(position).content().isEmpty()) {
            return violation(context, result, "missing_content", "the result has no content");
        }
        return Verdict.allow();
    }

    private static boolean answers(Message message, String callId) {
        return message.role() == Role.TOOL && callId.equals(message.fields().get("tool_call_id"));
    }

    private static Verdict violation(RailContext context, ToolResult result, String type, String reason) {
        return ToolViolation.verdict(KIND, type, reason, result.callId(), result.name(), context.toolIndex());
    }
}
