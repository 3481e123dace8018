package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.guardrails4j.server.openai.LogStats;
import dev.guardrails4j.server.wire.SafeText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of TrustyAI's server to a check request, contract "checks" 10; to be written with its nulls.
 *
 * @param status {@code "success"}, {@code "blocked"} or {@code "error"}
 * @param railsStatus what became of the rails that ran on any message
 * @param messages what became of those that ran on each
 * @param guardrailsData what happened; null while messages are still being checked
 */
public record MessageCheckAnswer(
        String status,
        Map<String, RailStatus> railsStatus,
        List<Message> messages,
        @Nullable Data guardrailsData) {

    /**
     * What is told of one message.
     *
     * @param index where it stands in the request
     * @param rails what became of the rails that ran
     */
    public record Message(int index, String role, Map<String, RailStatus> rails) {}

    /** What happened. */
    public sealed interface Data {}

    /** The messages were checked. */
    public record Checked(Log log) implements Data {}

    /**
     * The figures.
     *
     * @param activatedRails the flows that blocked, message by message
     */
    public record Log(List<String> activatedRails, LogStats stats) {}

    /**
     * The messages could not be checked.
     *
     * @param details null if there is no more to say
     */
    public record Failed(
            String error,
            @JsonInclude(Include.NON_NULL) @Nullable String details) implements Data {}

    /** A check that came to nothing, and why. */
    public static MessageCheckAnswer failed(String error) {
        return failed(new Failed(error, null));
    }

    /** A check that came to nothing, and why. */
    public static MessageCheckAnswer failed(String error, String details) {
        return failed(new Failed(error, SafeText.of(details)));
    }

    private static MessageCheckAnswer failed(Failed data) {
        return new MessageCheckAnswer("error", Map.of(), List.of(), data);
    }
}
