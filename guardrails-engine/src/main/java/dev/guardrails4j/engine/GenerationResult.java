package dev.guardrails4j.engine;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.engine.trace.GenerationLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a conversation was continued.
 *
 * @param asked the conversation that was continued, as the rails left it
 * @param message what the assistant says: the model's answer as the rails left it, or the refusal
 * @param unrestored the same as the model wrote it and it is to be kept, with placeholders for what rails have kept from the
 *     model; empty if there are none
 * @param reasoning the model's reasoning; empty if it gave none or a rail changed its answer
 * @param finishReason why the answer ended, as the model said; {@code "content_filter"} if a rail blocked
 * @param block what blocked, if something did
 * @param usage the tokens of the main model's calls
 * @param context the context variables at the end
 * @param modelOutput the main model's answer as it came from upstream; empty if it was not asked, or a rail changed or
 *     blocked what it answered
 * @param log what happened
 */
public record GenerationResult(
        List<Message> asked,
        Message message,
        Optional<Message> unrestored,
        String reasoning,
        String finishReason,
        Optional<Blocked> block,
        TokenUsage usage,
        Map<String, Object> context,
        Map<String, Object> modelOutput,
        GenerationLog log) {

    public GenerationResult {
        asked = List.copyOf(asked);
    }

    /** What the assistant says. */
    public String text() {
        return message.text();
    }

    /**
     * A rail's veto.
     *
     * @param stage where
     * @param flow the flow as the configuration spells it
     * @param rail the rail's name
     * @param reason why, for the operator
     * @param failure whether the rail blocked because it failed
     * @param exception the reference's exception that stands for this block, if the configuration asks for exceptions
     */
    public record Blocked(
            Stage stage,
            String flow,
            String rail,
            String reason,
            boolean failure,
            Optional<RailsException> exception) {}

    /**
     * The reference's way to tell a block, contract "config and rails" 2.4.
     *
     * @param type {@code "InputRailException"} and the like
     * @param message what was blocked by which flow
     */
    public record RailsException(String type, String message) {}
}
