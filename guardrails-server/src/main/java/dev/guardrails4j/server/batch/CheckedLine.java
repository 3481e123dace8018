package dev.guardrails4j.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.CheckResult.Status;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.server.wire.SafeText;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a text; to be written without nulls.
 *
 * @param line where it stood, counted from 1; null if it was alone
 * @param id what its line called itself; null if it did not
 * @param status {@code "passed"}, {@code "modified"}, {@code "blocked"}, or {@code "error"} if it could not be checked
 * @param content the text as the rails changed it; null if they did not
 * @param rail the flow that blocked
 * @param reason why it did
 * @param error why the text could not be checked
 */
public record CheckedLine(
        @Nullable Long line,
        @Nullable JsonNode id,
        String status,
        @Nullable String content,
        @Nullable String rail,
        @Nullable String reason,
        @Nullable String error) {

    private static final String ERROR = "error";

    /** A text that was alone. */
    public static CheckedLine of(CheckResult result) {
        return of(null, Optional.empty(), result);
    }

    static CheckedLine of(@Nullable Long line, Optional<JsonNode> id, CheckResult result) {
        return new CheckedLine(
                line,
                id.orElse(null),
                wireName(result.status()),
                result.status() == Status.MODIFIED ? result.text() : null,
                result.block().map(Blocked::flow).orElse(null),
                result.block().map(Blocked::reason).orElse(null),
                null);
    }

    static CheckedLine failed(long line, Optional<JsonNode> id, String why) {
        return new CheckedLine(line, id.orElse(null), ERROR, null, null, null, SafeText.of(why));
    }

    static String wireName(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    boolean is(Status wanted) {
        return status.equals(wireName(wanted));
    }

    boolean isError() {
        return status.equals(ERROR);
    }
}
