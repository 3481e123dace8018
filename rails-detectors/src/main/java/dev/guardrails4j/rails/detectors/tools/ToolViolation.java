package dev.guardrails4j.rails.detectors.tools;

import dev.guardrails4j.api.Verdict;

/** Tells what is wrong with a call or result of a tool: contract "chat server" 1.4, {@code tool_violations}. */
final class ToolViolation {

    /** Names and ids are the model's or the caller's, and go to logs. */
    private static final int LONGEST_NAME = 200;

    private ToolViolation() {}

    static Verdict verdict(String kind, String type, String reason, String callId, String toolName, int index) {
        Verdict verdict = Verdict.block(reason)
                .with("kind", kind)
                .with("violation_type", type)
                .with("reason", reason);
        if (!callId.isEmpty()) {
            verdict = verdict.with("tool_call_id", shortened(callId));
        }
        if (!toolName.isEmpty()) {
            verdict = verdict.with("tool_name", shortened(toolName));
        }
        return verdict.with("index", index);
    }

    /** At most so much of a text as a log should hold. */
    static String shortened(String text) {
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "..." : text;
    }
}
