package dev.guardrails4j.engine.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One rail that ran, or the generation of the answer.
 *
 * @param type {@code "tool_input"}, {@code "input"}, {@code "retrieval"}, {@code "generation"}, {@code "tool_output"} or
 *     {@code "output"}
 * @param name the flow as the configuration spells it
 * @param outcome how it ended
 * @param decisions what it decided, in the reference's words
 * @param actions what it executed, in order
 * @param evidence why it decided so; empty if it does not say
 * @param startedAt when it began
 * @param duration how long it took
 */
public record ActivatedRail(
        String type,
        String name,
        Outcome outcome,
        List<String> decisions,
        List<ExecutedAction> actions,
        Map<String, Object> evidence,
        Instant startedAt,
        Duration duration) {

    /** How a rail ended. */
    public enum Outcome {
        PASSED,
        REWRITTEN,
        BLOCKED,
        /** It failed, and so blocked. */
        FAILED,
        /** It failed, and the configuration lets the text pass all the same. */
        BYPASSED;

        /** Whether the conversation stopped here. */
        public boolean isStop() {
            return this == BLOCKED || this == FAILED;
        }
    }

    /** Whether the conversation stopped here. */
    public boolean isStop() {
        return outcome.isStop();
    }
}
