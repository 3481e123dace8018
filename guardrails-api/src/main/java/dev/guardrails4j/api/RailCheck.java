package dev.guardrails4j.api;

/**
 * A configured rail: decides about one text at a time. Must be safe for use by many threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RailCheck {

    /**
     * Decides about the text of {@code context}. Runs in a thread of its own and may block; the thread is interrupted
     * when the {@linkplain RailContext#deadline() deadline} passes or the verdict is no longer needed.
     *
     * <p>Where a configuration has the earlier turns of a conversation checked again, a verdict that was reached by looking at
     * nothing of {@code context} but the text may stand for the same text for up to an hour.
     *
     * @return what was decided; never {@code null}
     * @throws Exception if no decision could be made; the engine then applies the flow's failure policy, which is to
     *     block unless the configuration says {@code on_error: allow}
     */
    Verdict check(RailContext context) throws Exception;
}
