package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationResult.RailsException;
import dev.guardrails4j.engine.config.RailsConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a block is told to the user, contract "config and rails" 2.3 and 2.4. Rails only decide; the reference's rails each
 * have a text and an exception of their own, which are kept here by flow name.
 *
 * @param intent the bot intent whose text is said
 * @param exception the reference's exception
 */
record Refusal(String intent, String exception) {

    private static final String REFUSE = "refuse to respond";
    private static final String ANSWER_UNKNOWN = "inform answer unknown";
    private static final String INTERNAL_ERROR = "inform internal error occurred";

    private static final Map<String, String> TEXTS = Map.of(
            REFUSE, "I'm sorry, I can't respond to that.",
            ANSWER_UNKNOWN, "I don't know the answer to that.",
            INTERNAL_ERROR, "I'm sorry, an internal error has occurred.");

    private static final Map<String, Refusal> BY_FLOW = Map.of(
            "content safety check input", new Refusal(REFUSE, "ContentSafetyCheckInputException"),
            "content safety check output", new Refusal(REFUSE, "ContentSafetyCheckOutputException"),
            "self check facts", new Refusal(REFUSE, "FactCheckRailException"),
            "self check hallucination", new Refusal(ANSWER_UNKNOWN, "SelfCheckHallucinationRailException"));

    static Refusal of(ConfiguredRail rail) {
        return BY_FLOW.getOrDefault(rail.name(), new Refusal(REFUSE, exceptionAt(rail.stage())));
    }

    private static String exceptionAt(Stage stage) {
        return switch (stage) {
            case INPUT -> "InputRailException";
            case RETRIEVAL, OUTPUT -> "OutputRailException";
            case TOOL_OUTPUT -> "ToolOutputRailException";
            case TOOL_INPUT -> "ToolInputRailException";
        };
    }

    Refusal becauseOfFailure() {
        return new Refusal(INTERNAL_ERROR, exception);
    }

    /** What the user reads: the configuration's own text for the intent, or the built-in one. */
    String text(RailsConfig config) {
        List<String> own = config.botMessages().getOrDefault(intent, List.of());
        return own.isEmpty() ? TEXTS.getOrDefault(intent, "") : own.get(0);
    }

    /** What a client reads that asked for exceptions. */
    RailsException exception(ConfiguredRail rail) {
        String what = rail.stage().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new RailsException(
                exception,
                "%s not allowed. The %s was blocked by the '%s' flow."
                        .formatted(Character.toUpperCase(what.charAt(0)) + what.substring(1), what, rail.name()));
    }
}
