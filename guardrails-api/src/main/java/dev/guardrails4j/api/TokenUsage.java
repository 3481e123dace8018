package dev.guardrails4j.api;

/**
 * The tokens a model call took.
 *
 * @param promptTokens tokens read, 0 if unknown
 * @param completionTokens tokens written, 0 if unknown
 * @since 0.1
 */
public record TokenUsage(long promptTokens, long completionTokens) {

    /** Nothing spent, or nothing known. */
    public static final TokenUsage NONE = new TokenUsage(0, 0);

    /** Tokens read and written. */
    public long totalTokens() {
        return promptTokens + completionTokens;
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(promptTokens + other.promptTokens, completionTokens + other.completionTokens);
    }
}
