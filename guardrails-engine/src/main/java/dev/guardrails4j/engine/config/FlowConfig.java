package dev.guardrails4j.engine.config;

import java.time.Duration;
import java.util.Optional;

/**
 * One entry of {@code rails.<stage>.flows}: either the reference alone, or a map of {@code flow}, {@code on_error},
 * {@code timeout} and {@code check_tools}.
 *
 * @param reference which rail, with which parameters
 * @param onError what becomes of a text when the rail fails
 * @param timeout how long one check may take; the engine's default if empty
 * @param checksTools whether a rail of {@code input} looks at the results of tools too, one of {@code output} at their
 *     calls
 * @param tool the only tool the rail is for, if it is listed below {@code per_tool}
 * @param location where it is written
 */
public record FlowConfig(
        FlowReference reference,
        OnError onError,
        Optional<Duration> timeout,
        boolean checksTools,
        Optional<String> tool,
        Location location) {

    /** What becomes of a text when its rail throws, times out or cannot read its judge. */
    public enum OnError {
        /** It does not pass. The default. */
        BLOCK,
        /** It passes, and the trace says so. */
        ALLOW
    }
}
