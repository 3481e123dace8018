package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.server.wire.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frame of what goes wrong once an answer is on its way (contract "chat server" 3.2). It ends the answer.
 *
 * @param error what went wrong
 */
public record StreamError(Details error) {

    /** What clients are told when threads cannot be read or written. */
    public static final String THREADS_UNAVAILABLE =
            "The conversation threads are unavailable; a turn is kept whole or not at all. Please retry later.";

    private static final String GENERATION_FAILED = "generation_failed";

    /**
     * What went wrong.
     *
     * @param code what clients tell it by: a word, or an upstream's HTTP status as a number
     */
    public record Details(
            String message, String type, @Nullable String param, Object code) {}

    /** A rail has blocked the rest of the answer. */
    public static StreamError blocked(Blocked block) {
        return new StreamError(new Details(
                "Blocked by %s rails.".formatted(block.flow()),
                "guardrails_violation",
                block.flow(),
                "content_blocked"));
    }

    /** The server stops, and cannot wait for the rest of the answer. */
    public static StreamError stopping() {
        return new StreamError(new Details(
                "The server is stopping; the answer is not complete. Please retry.",
                "server_error",
                null,
                "server_stopping"));
    }

    /** The answer is complete, but cannot be kept on its thread. */
    public static StreamError threadsUnavailable() {
        return new StreamError(new Details(THREADS_UNAVAILABLE, "server_error", null, "threads_unavailable"));
    }

    /** The model, or a rail's model, has failed; or we have. */
    public static StreamError failed(RuntimeException failure) {
        if (failure instanceof RailUnavailableException outage) {
            return new StreamError(new Details(
                    SafeText.of(String.valueOf(outage.getMessage())),
                    "downstream_error",
                    outage.flow(),
                    "rail_unavailable"));
        }
        if (failure instanceof ModelException upstream) {
            String message =
                    SafeText.of(Optional.ofNullable(upstream.getMessage()).orElse("The model has failed"));
            String param = upstream.param().map(SafeText::of).orElse(null);
            return upstream.status().isPresent()
                    ? new StreamError(new Details(
                            message,
                            "downstream_error",
                            param,
                            upstream.status().getAsInt()))
                    : new StreamError(new Details(
                            message,
                            "generation_error",
                            param,
                            upstream.code().map(SafeText::of).orElse(GENERATION_FAILED)));
        }
        return new StreamError(new Details("Internal server error", "generation_error", null, GENERATION_FAILED));
    }
}
