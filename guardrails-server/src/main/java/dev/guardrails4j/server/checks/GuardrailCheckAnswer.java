package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.server.openai.LogOutput;
import dev.guardrails4j.server.openai.ReplyOptions;
import dev.guardrails4j.server.openai.ReplyOptions.LogParts;
import dev.guardrails4j.server.wire.FreeValueSerializer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a guardrail check request, contract "checks" 5; to be written without nulls.
 *
 * @param status {@code "success"} or {@code "blocked"}
 * @param railsStatus what became of the rails that ran, by their flow
 * @param guardrailsData what happened
 */
public record GuardrailCheckAnswer(String status, Map<String, RailStatus> railsStatus, Data guardrailsData) {

    /**
     * What happened.
     *
     * @param outputData context variables, if they were asked for
     */
    public record Data(
            LogOutput log,

            @JsonSerialize(using = FreeValueSerializer.class) @Nullable
            Map<String, @Nullable Object> outputData) {}

    /**
     * Tells what rails made of a conversation.
     *
     * @param config whose rails
     * @param requestId the request's id
     */
    public static GuardrailCheckAnswer of(
            GuardrailCheckRequest request, RailsConfig config, String requestId, CheckResult result) {
        boolean isBlocked = result.block().isPresent();
        ReplyOptions reply = request.reply();
        return new GuardrailCheckAnswer(
                isBlocked ? "blocked" : "success",
                RailStatus.of(config, result),
                new Data(
                        LogOutput.withStats(told(request), requestId, result.log()),
                        reply.variables().of(result.context())));
    }

    /** Contract "checks" 3.3: of a configuration that the request brings along, only the rails that ran are told. */
    private static LogParts told(GuardrailCheckRequest request) {
        LogParts wanted = request.reply().log();
        return request.config() instanceof ConfigChoice.Inline
                ? new LogParts(wanted.activatedRails(), false, false, false)
                : wanted;
    }
}
