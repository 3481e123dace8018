package dev.guardrails4j.api;

import java.util.Objects;
import java.util.Optional;

/**
 * How the engine tells a user that a rail has blocked. Immutable.
 *
 * @param message the bot message whose text is said, as a configuration names it in {@code bot_messages} to put its own
 *     words in the place of {@code text}: {@code "refuse to respond"}
 * @param text what is said if the configuration has no words of its own; never blank
 * @param exception the type of the exception that a client reads instead if the configuration says {@code
 *     enable_rails_exceptions}: {@code "FactCheckRailException"}; empty for that of the stage, {@code
 *     "InputRailException"} and the like
 * @since 0.1
 */
public record Refusal(String message, String text, Optional<String> exception) {

    private static final Refusal TO_RESPOND =
            new Refusal("refuse to respond", "I'm sorry, I can't respond to that.", Optional.empty());
    private static final Refusal ANSWER_UNKNOWN =
            new Refusal("inform answer unknown", "I don't know the answer to that.", Optional.empty());

    public Refusal {
        requireText(message, "message");
        requireText(text, "text");
        exception.ifPresent(type -> requireText(type, "exception"));
    }

    /** "I'm sorry, I can't respond to that.": what nearly all rails say. */
    public static Refusal toRespond() {
        return TO_RESPOND;
    }

    /** "I don't know the answer to that.": for answers that hold what must not be told, or what may be untrue. */
    public static Refusal answerUnknown() {
        return ANSWER_UNKNOWN;
    }

    /** The same with a type of exception of the rail's own. */
    public Refusal withException(String type) {
        return new Refusal(message, text, Optional.of(type));
    }

    private static void requireText(String value, String name) {
        if (Objects.requireNonNull(value, name + " is null").isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
    }
}
