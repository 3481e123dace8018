package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.server.wire.FreeValueSerializer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code POST /v1/chat/completions} (contract "chat server" 1.3, DESIGN 5).
 *
 * @param id unique
 * @param object {@code "chat.completion"}
 * @param created when, in seconds since 1970
 * @param model the model's name as the request has it
 * @param choices the answer, the only one
 * @param usage the tokens of the main model's calls
 * @param guardrails what the rails have to tell
 */
public record ChatCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage,
        GuardrailsOutput guardrails) {

    /**
     * Renders what the engine made of a request.
     *
     * @param configId the first of the configurations that were used
     * @param requestId the request's id
     */
    public static ChatCompletion of(
            ChatCompletionRequest request, String configId, String requestId, GenerationResult result, Instant now) {
        return new ChatCompletion(
                "chatcmpl-" + UUID.randomUUID(),
                "chat.completion",
                now.getEpochSecond(),
                request.model(),
                List.of(Choice.of(result)),
                Usage.of(result.usage()),
                GuardrailsOutput.of(request.guardrails().reply(), configId, requestId, result));
    }

    /** What the assistant says, as a message of the conversation. */
    public Message said() {
        return choices.get(0).message().said();
    }

    /**
     * An answer.
     *
     * @param logprobs the upstream's; not given if a rail changed the answer
     */
    public record Choice(
            int index,
            CompletionMessage message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSerialize(using = FreeValueSerializer.class) @Nullable
            Object logprobs,

            String finishReason) {

        static Choice of(GenerationResult result) {
            return new Choice(0, CompletionMessage.of(result), UpstreamAnswer.logprobs(result), finishReason(result));
        }

        /** Why an answer ended, in OpenAI's words. */
        public static String finishReason(GenerationResult result) {
            if (!result.message().toolCalls().isEmpty()) {
                return "tool_calls";
            }
            return result.finishReason().isEmpty() ? "stop" : result.finishReason();
        }
    }

    /** Tokens spent. */
    public record Usage(long promptTokens, long completionTokens, long totalTokens) {

        /** The same on the wire. */
        public static Usage of(TokenUsage usage) {
            return new Usage(usage.promptTokens(), usage.completionTokens(), usage.totalTokens());
        }
    }
}
