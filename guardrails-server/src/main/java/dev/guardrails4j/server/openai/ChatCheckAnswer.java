package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.trace.ActivatedRail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code POST /v1/checks}, contract "chat server" 1.4; to be written without nulls.
 *
 * @param status {@code "passed"}, {@code "modified"} or {@code "blocked"}
 * @param content the text as the rails left it, or the refusal
 * @param rail the flow that blocked
 * @param reason why it did
 * @param toolViolations what is wrong with calls or results of tools, if that is why
 */
public record ChatCheckAnswer(
        String status,
        String content,
        @Nullable String rail,
        @Nullable String reason,
        @Nullable List<ToolViolation> toolViolations) {

    /**
     * What is wrong with a call or result of a tool.
     *
     * @param kind {@code "tool_call"} or {@code "tool_result"}
     * @param index which call of the answer, or which message of the request
     */
    public record ToolViolation(
            String kind,
            String violationType,
            String reason,
            @Nullable String toolCallId,
            @Nullable String toolName,
            int index) {

        private static final String RESULT = "tool_result";

        static boolean isIn(ActivatedRail rail) {
            return rail.isStop()
                    && rail.evidence().get("kind") instanceof String
                    && rail.evidence().get("violation_type") instanceof String;
        }

        static ToolViolation of(Map<String, Object> evidence, List<Integer> positions) {
            int index = evidence.get("index") instanceof Integer number ? number : 0;
            boolean isResult = RESULT.equals(evidence.get("kind"));
            return new ToolViolation(
                    String.valueOf(evidence.get("kind")),
                    String.valueOf(evidence.get("violation_type")),
                    String.valueOf(evidence.getOrDefault("reason", "")),
                    evidence.get("tool_call_id") instanceof String id ? id : null,
                    evidence.get("tool_name") instanceof String name ? name : null,
                    isResult && index < positions.size() ? positions.get(index) : index);
        }
    }

    /** Tells what rails made of a conversation. */
    public static ChatCheckAnswer of(ChatCheckRequest request, CheckResult result) {
        List<ToolViolation> violations = result.log().activatedRails().stream()
                .filter(ToolViolation::isIn)
                .map(rail -> ToolViolation.of(rail.evidence(), request.positions()))
                .toList();
        return new ChatCheckAnswer(
                result.status().name().toLowerCase(Locale.ROOT),
                result.text(),
                result.block().map(Blocked::flow).orElse(null),
                result.block().map(Blocked::reason).orElse(null),
                violations.isEmpty() ? null : violations);
    }
}
