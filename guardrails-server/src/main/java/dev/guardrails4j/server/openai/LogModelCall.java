package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.server.wire.FreeValueSerializer;
import dev.guardrails4j.server.wire.Seconds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A model call, as {@code guardrails.log.llm_calls} tells it (contract "chat server" 2). */
public record LogModelCall(
        String task,
        BigDecimal duration,
        long totalTokens,
        long promptTokens,
        long completionTokens,
        BigDecimal startedAt,
        BigDecimal finishedAt,
        String id,
        String requestId,
        String prompt,
        String completion,

        @JsonSerialize(using = FreeValueSerializer.class) @Nullable
        Map<String, Object> rawResponse,

        String llmModelName,
        String llmProviderName,
        boolean fromCache) {

    static LogModelCall of(ModelCall call, String requestId) {
        return new LogModelCall(
                call.task(),
                Seconds.of(call.duration()),
                call.usage().totalTokens(),
                call.usage().promptTokens(),
                call.usage().completionTokens(),
                Seconds.of(call.startedAt()),
                Seconds.of(call.startedAt().plus(call.duration())),
                call.id(),
                requestId,
                prompt(call.prompt()),
                call.completion(),
                call.rawResponse().isEmpty() ? null : call.rawResponse(),
                call.model(),
                call.engine(),
                call.fromCache());
    }

    /** One message as its text; several each below the role that speaks. */
    private static String prompt(List<Message> messages) {
        return messages.size() == 1
                ? messages.get(0).text()
                : messages.stream()
                        .map(message -> message.role().wireName() + "\n" + message.text())
                        .collect(Collectors.joining("\n"));
    }
}
