package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.engine.trace.GenerationLog;
import dev.guardrails4j.server.openai.ReplyOptions.LogParts;
import dev.guardrails4j.server.wire.FreeValueSerializer;
import dev.guardrails4j.server.wire.Seconds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as {@code guardrails.log} tells it: always all five keys (contract "chat server" 2).
 *
 * @param internalEvents there are none: rails are not run by events here
 * @param colangHistory empty: rails are not run by Colang here
 */
public record LogOutput(
        List<Rail> activatedRails,
        LogStats stats,
        @Nullable List<LogModelCall> llmCalls,
        @Nullable List<Object> internalEvents,
        @Nullable String colangHistory) {

    /** The log as chat requests are told it: what is not wanted is null or empty. */
    public static LogOutput of(LogParts wanted, String requestId, GenerationLog log) {
        LogStats stats = wanted.activatedRails() || wanted.modelCalls() ? LogStats.of(log) : LogStats.NONE;
        return of(wanted, requestId, log, stats);
    }

    /** The log as check requests are told it: with figures, whatever is wanted of the rest. Contract "checks" 5. */
    public static LogOutput withStats(LogParts wanted, String requestId, GenerationLog log) {
        return of(wanted, requestId, log, LogStats.of(log));
    }

    private static LogOutput of(LogParts wanted, String requestId, GenerationLog log, LogStats stats) {
        return new LogOutput(
                wanted.activatedRails()
                        ? log.activatedRails().stream()
                                .map(rail -> Rail.of(rail, requestId))
                                .toList()
                        : List.of(),
                stats,
                wanted.modelCalls()
                        ? log.modelCalls()
                                .map(call -> LogModelCall.of(call, requestId))
                                .toList()
                        : null,
                wanted.internalEvents() ? List.of() : null,
                wanted.colangHistory() ? "" : null);
    }

    /** A rail that ran. Times are in seconds since 1970, durations in seconds. */
    public record Rail(
            String type,
            String name,
            List<String> decisions,
            List<Action> executedActions,
            boolean stop,

            @JsonSerialize(using = FreeValueSerializer.class) @Nullable
            Map<String, Object> additionalInfo,

            BigDecimal startedAt,
            BigDecimal finishedAt,
            BigDecimal duration) {

        static Rail of(ActivatedRail rail, String requestId) {
            return new Rail(
                    rail.type(),
                    rail.name(),
                    rail.decisions(),
                    rail.actions().stream()
                            .map(action -> Action.of(action, requestId))
                            .toList(),
                    rail.isStop(),
                    rail.evidence().isEmpty() ? null : rail.evidence(),
                    Seconds.of(rail.startedAt()),
                    Seconds.of(rail.startedAt().plus(rail.duration())),
                    Seconds.of(rail.duration()));
        }
    }

    /** An action that a rail executed. */
    public record Action(
            String actionName,

            @JsonSerialize(using = FreeValueSerializer.class)
            Map<String, Object> actionParams,

            @JsonSerialize(using = FreeValueSerializer.class) @Nullable
            Object returnValue,

            List<LogModelCall> llmCalls,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LogEndpointCall> endpointCalls,

            BigDecimal startedAt,
            BigDecimal finishedAt,
            BigDecimal duration) {

        static Action of(ExecutedAction action, String requestId) {
            return new Action(
                    action.name(),
                    action.parameters(),
                    action.returnValue(),
                    action.modelCalls().stream()
                            .map(call -> LogModelCall.of(call, requestId))
                            .toList(),
                    action.endpointCalls().stream().map(LogEndpointCall::of).toList(),
                    Seconds.of(action.startedAt()),
                    Seconds.of(action.startedAt().plus(action.duration())),
                    Seconds.of(action.duration()));
        }
    }
}
