package dev.guardrails4j.engine.config;

/**
 * How the spans of a configuration's requests are to look, where the server makes any: contract "config and rails" 6.5. What a
 * configuration that is not the operator's says of it does not count.
 *
 * @param isLegacy {@code span_format: legacy}: spans are named as the reference named them first
 * @param capturesContent {@code enable_content_capture}: spans hold what was said
 */
public record TracingConfig(boolean isLegacy, boolean capturesContent) {

    /** The usual names, and nothing of what was said. */
    public static final TracingConfig DEFAULT = new TracingConfig(false, false);

    /** What holds for both together. */
    TracingConfig and(TracingConfig other) {
        return new TracingConfig(isLegacy || other.isLegacy, capturesContent || other.capturesContent);
    }
}
