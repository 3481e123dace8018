package dev.guardrails4j.rails.detectors.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract "config and rails" 4.11, tool result validation. */
class ToolResultValidationRailTest {

    private static final Message CALLING = new Message(
            Role.ASSISTANT,
            List.of(),
            List.of(new ToolCall("c1", "weather", "{}"), new ToolCall("c2", "clock", "{}")),
            Map.of());

    @Test
    void allowsResultsOfTheCallsBeforeThem() throws Exception {
        assertThat(check(2, CALLING, result("c1"), result("c2"))).isInstanceOf(Verdict.Allow.class);
        assertThat(check(1, CALLING, result("c1"), result("c2"))).isInstanceOf(Verdict.Allow.class);
        assertThat(check(1, CALLING, named("c1", "weather"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void blocksAResultThatNobodyAskedFor() throws Exception {
        assertViolation(check(1, CALLING, result("c3")), "unknown_tool_call_id", 1);
        assertViolation(check(0, result("c1")), "unknown_tool_call_id", 0);
        assertViolation(check(2, CALLING, Message.assistant("So?"), result("c1")), "unknown_tool_call_id", 2);
    }

    @Test
    void blocksASecondResultOfOneCall() throws Exception {
        assertViolation(check(2, CALLING, result("c1"), result("c1")), "duplicate_tool_call_id", 2);
    }

    @Test
    void blocksAResultOfAnotherTool() throws Exception {
        assertViolation(check(1, CALLING, named("c1", "clock")), "name_mismatch", 1);
    }

    @Test
    void blocksAResultThatNamesNoCall() throws Exception {
        assertThat(check(1, CALLING, result("")).evidence())
                .containsEntry("violation_type", "missing_tool_call_id")
                .doesNotContainKey("tool_call_id");
    }

    @Test
    void blocksAResultWithoutContent() throws Exception {
        Message empty = new Message(Role.TOOL, List.of(), List.of(), Map.of("tool_call_id", "c1"));

        assertViolation(check(1, CALLING, empty), "missing_content", 1);
    }

    private static void assertViolation(Verdict verdict, String type, int index) {
        assertThat(verdict).isInstanceOf(Verdict.Block.class);
        assertThat(verdict.evidence())
                .containsEntry("kind", "tool_result")
                .containsEntry("violation_type", type)
                .containsKeys("reason", "tool_call_id")
                .containsEntry("index", index);
    }

    private static Verdict check(int position, Message... messages) throws Exception {
        Message message = messages[position];
        ToolResult result = new ToolResult(
                String.valueOf(message.fields().get("tool_call_id")),
                message.fields().getOrDefault("name", "").toString(),
                message.text());
        return RailHarness.of(new ToolResultValidationRail())
                .messages(messages)
                .toolResult(result)
                .toolIndex(position)
                .check(Stage.TOOL_INPUT, message.text());
    }

    private static Message result(String callId) {
        return new Message(Role.TOOL, List.of(ContentPart.text("7")), List.of(), Map.of("tool_call_id", callId));
    }

    private static Message named(String callId, String name) {
        return new Message(
                Role.TOOL, List.of(ContentPart.text("7")), List.of(), Map.of("tool_call_id", callId, "name", name));
    }
}
