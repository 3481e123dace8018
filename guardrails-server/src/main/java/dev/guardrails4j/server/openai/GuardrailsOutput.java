package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.server.wire.FreeValueSerializer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rails have to tell, in every answer and with all five keys (DESIGN 5).
 *
 * @param configId the first of the configurations that were used
 * @param state always null: the reference no longer gives one
 * @param llmOutput the main model's answer as it came from upstream, if asked for
 * @param outputData context variables, if asked for
 * @param log what happened, if asked for
 */
record GuardrailsOutput(
        String configId,
        @Nullable Object state,

        @JsonSerialize(using = FreeValueSerializer.class) @Nullable
        Map<String, Object> llmOutput,

        @JsonSerialize(using = FreeValueSerializer.class) @Nullable
        Map<String, @Nullable Object> outputData,

        @Nullable LogOutput log) {

    static GuardrailsOutput of(ReplyOptions wanted, String configId, String requestId, GenerationResult result) {
        return new GuardrailsOutput(
                configId,
                null,
                wanted.modelOutput() && !result.modelOutput().isEmpty() ? result.modelOutput() : null,
                wanted.variables().of(result.context()),
                wanted.log().isAny() ? LogOutput.of(wanted.log(), requestId, result.log()) : null);
    }
}
