package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.GenerationLog;
import dev.guardrails4j.engine.trace.ModelCall;
import dev.guardrails4j.server.wire.Seconds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a request took, and what it cost, as {@code guardrails.log.stats} tells it (contract "chat server" 2). */
public record LogStats(
        @Nullable BigDecimal inputRailsDuration,
        @Nullable BigDecimal dialogRailsDuration,
        @Nullable BigDecimal generationRailsDuration,
        @Nullable BigDecimal outputRailsDuration,
        @Nullable BigDecimal totalDuration,
        BigDecimal llmCallsDuration,
        long llmCallsCount,
        long llmCallsTotalPromptTokens,
        long llmCallsTotalCompletionTokens,
        long llmCallsTotalTokens) {

    /** Of a request whose log was not asked for. */
    public static final LogStats NONE = new LogStats(null, null, null, null, null, BigDecimal.ZERO, 0, 0, 0, 0);

    public static LogStats of(GenerationLog log) {
        List<ModelCall> calls = log.modelCalls().toList();
        TokenUsage usage = calls.stream().map(ModelCall::usage).reduce(TokenUsage.NONE, TokenUsage::plus);
        return new LogStats(
                duration(log, "input"),
                duration(log, "dialog"),
                duration(log, "generation"),
                duration(log, "output"),
                Seconds.of(log.total()),
                Seconds.of(calls.stream().map(ModelCall::duration).reduce(Duration.ZERO, Duration::plus)),
                calls.size(),
                usage.promptTokens(),
                usage.completionTokens(),
                usage.totalTokens());
    }

    /** Both together. */
    public LogStats plus(LogStats other) {
        return new LogStats(
                sum(inputRailsDuration, other.inputRailsDuration),
                sum(dialogRailsDuration, other.dialogRailsDuration),
                sum(generationRailsDuration, other.generationRailsDuration),
                sum(outputRailsDuration, other.outputRailsDuration),
                sum(totalDuration, other.totalDuration),
                llmCallsDuration.add(other.llmCallsDuration),
                llmCallsCount + other.llmCallsCount,
                llmCallsTotalPromptTokens + other.llmCallsTotalPromptTokens,
                llmCallsTotalCompletionTokens + other.llmCallsTotalCompletionTokens,
                llmCallsTotalTokens + other.llmCallsTotalTokens);
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null ? other : other == null ? one : one.add(other);
    }

    /** From the beginning of the first rail of a type to the end of the last; null if none ran. */
    private static @Nullable BigDecimal duration(GenerationLog log, String type) {
        List<ActivatedRail> rails = log.activatedRails().stream()
                .filter(rail -> rail.type().equals(type))
                .toList();
        if (rails.isEmpty()) {
            return null;
        }
        Instant start = rails.stream()
                .map(ActivatedRail::startedAt)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant end = rails.stream()
                .map(rail -> rail.startedAt().plus(rail.duration()))
                .max(Instant::compareTo)
                .orElseThrow();
        return Seconds.of(Duration.between(start, end));
    }
}
