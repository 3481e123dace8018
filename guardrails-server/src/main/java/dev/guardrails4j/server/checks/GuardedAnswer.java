package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.server.openai.ChatCompletion;
import dev.guardrails4j.server.openai.CompletionMessage;
import dev.guardrails4j.server.openai.LogOutput;
import dev.guardrails4j.server.openai.ReplyOptions;
import dev.guardrails4j.server.wire.FreeValueSerializer;
import dev.guardrails4j.server.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The guardrail microservice's answer to a request that wants a model's, contract "checks" 9; to be written without nulls.
 *
 * @param id unique
 * @param object {@code "chat.completion"} or {@code "text_completion"}
 * @param created when, in seconds since 1970
 * @param model the model's name as the request has it; {@code "-"} if it was not asked
 * @param choices the answer, and if wanted what there is to tell of guardrails
 * @param usage the tokens of the main model's calls
 * @param guardrailsData what there is to tell of guardrails
 */
public record GuardedAnswer(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        ChatCompletion.Usage usage,
        @Nullable Data guardrailsData) {

    private static final String NOT_ASKED = "-";

    /** An answer: a message, or the text of a text completion. */
    public record Choice(
            int index,
            String finishReason,
            @Nullable CompletionMessage message,
            @Nullable String text) {}

    /**
     * What there is to tell of guardrails.
     *
     * @param configIds which configurations, as they are called; null if the request brought its own
     * @param log what happened, if it was asked for
     * @param outputData context variables, if they were asked for
     */
    public record Data(
            @Nullable List<String> configIds,
            @Nullable LogOutput log,

            @JsonSerialize(using = FreeValueSerializer.class) @Nullable
            Map<String, @Nullable Object> outputData) {}

    /** Who is answered, and when. */
    public record Occasion(GuardedChatRequest request, List<String> configIds, String requestId, Instant now) {}

    /** The answer to a chat completion request. */
    public static GuardedAnswer chat(Occasion occasion, GenerationResult result) {
        CompletionMessage message = CompletionMessage.of(result);
        return of(
                "chatcmpl-",
                "chat.completion",
                occasion,
                result,
                new Choice(0, ChatCompletion.Choice.finishReason(result), message, null));
    }

    /** The answer to a text completion request. */
    public static GuardedAnswer completion(Occasion occasion, GenerationResult result) {
        return of(
                "cmpl-",
                "text_completion",
                occasion,
                result,
                new Choice(0, ChatCompletion.Choice.finishReason(result), null, result.text()));
    }

    private static GuardedAnswer of(
            String prefix, String object, Occasion occasion, GenerationResult result, Choice answer) {
        GuardedChatRequest request = occasion.request();
        Data data = data(occasion, result);
        List<Choice> choices = new ArrayList<>(List.of(answer));
        if (request.returnChoice()) {
            String told = new String(Json.writeWithoutNulls(data), StandardCharsets.UTF_8);
            CompletionMessage message = CompletionMessage.saying("guardrails_data", told);
            choices.add(
                    answer.text() == null ? new Choice(1, "stop", message, null) : new Choice(1, "stop", null, told));
        }
        return new GuardedAnswer(
                prefix + UUID.randomUUID(),
                object,
                occasion.now().getEpochSecond(),
                wasAsked(result) ? request.check().model() : NOT_ASKED,
                choices,
                ChatCompletion.Usage.of(result.usage()),
                request.wantsGuardrailsData() ? data : null);
    }

    private static boolean wasAsked(GenerationResult result) {
        return result.block()
                .map(Blocked::stage)
                .map(stage -> stage == Stage.OUTPUT || stage == Stage.TOOL_OUTPUT)
                .orElse(true);
    }

    private static Data data(Occasion occasion, GenerationResult result) {
        ReplyOptions wanted = occasion.request().check().reply();
        return new Data(
                occasion.configIds().isEmpty() ? null : occasion.configIds(),
                wanted.log().isAny() ? LogOutput.of(wanted.log(), occasion.requestId(), result.log()) : null,
                wanted.variables().of(result.context()));
    }
}
