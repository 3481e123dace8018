package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.server.openai.ChatCompletion.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a streamed answer (contract "chat server" 3.1, DESIGN 5).
 *
 * @param id the same in every frame of an answer
 * @param object {@code "chat.completion.chunk"}
 * @param created when the answer was begun, in seconds since 1970
 * @param model the model's name as the request has it
 * @param choices what comes next, one; none in the frame that holds the tokens spent
 * @param usage the tokens spent, in a frame of its own at the end, if it was asked for
 */
public record ChatCompletionChunk(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage) {

    /**
     * What comes next.
     *
     * @param finishReason why the answer ended, in the last frame that has a choice
     */
    public record Choice(Delta delta, int index, @Nullable String finishReason) {}

    /** What is added to the message; what there is nothing of is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable String refusal,
            @Nullable String reasoningContent,
            @Nullable List<CallDelta> toolCalls) {

        static final Delta NOTHING = new Delta(null, null, null, null, null);

        static Delta role(String role) {
            return new Delta(role, "", null, null, null);
        }

        static Delta content(String text) {
            return new Delta(null, text, null, null, null);
        }

        static Delta refusal(String text) {
            return new Delta(null, null, text, null, null);
        }

        static Delta reasoning(String text) {
            return new Delta(null, null, null, text, null);
        }

        static Delta toolCalls(List<ToolCallDelta> deltas) {
            return new Delta(
                    null, null, null, null, deltas.stream().map(CallDelta::of).toList());
        }
    }

    /** What is added to a tool call; its first part names it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CallDelta(
            int index, @Nullable String id, @Nullable String type, FunctionDelta function) {

        static CallDelta of(ToolCallDelta delta) {
            boolean isFirst = !delta.id().isEmpty() || !delta.name().isEmpty();
            return new CallDelta(
                    delta.index(),
                    delta.id().isEmpty() ? null : delta.id(),
                    isFirst ? "function" : null,
                    new FunctionDelta(delta.name().isEmpty() ? null : delta.name(), delta.arguments()));
        }
    }

    /** What is added to a tool's name and arguments. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FunctionDelta(@Nullable String name, String arguments) {}
}
