package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.GenerationResult.RailsException;
import dev.guardrails4j.engine.config.RailsConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a block is told to the user, contract "config and rails" 2.3 and 2.4. Rails only decide. */
final class PresentedBlock {

    private static final Refusal INTERNAL_ERROR = new Refusal(
            "inform internal error occurred", "I'm sorry, an internal error has occurred.", Optional.empty());

    private PresentedBlock() {}

    /** What the user reads: what the verdict says; else the configuration's own words, or the rail's. */
    static String text(Refusal refusal, Verdict.Block verdict, boolean failure, RailsConfig config) {
        return failure ? text(INTERNAL_ERROR, config) : verdict.refusal().orElseGet(() -> text(refusal, config));
    }

    private static String text(Refusal refusal, RailsConfig config) {
        List<String> own = config.botMessages().getOrDefault(refusal.message(), List.of());
        return own.isEmpty() ? refusal.text() : own.get(0);
    }

    /** What a client reads that asked for exceptions. */
    static RailsException exception(Stage stage, String rail, Refusal refusal) {
        String what = stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new RailsException(
                refusal.exception().orElseGet(() -> exceptionAt(stage)),
                "%s not allowed. The %s was blocked by the '%s' flow."
                        .formatted(Character.toUpperCase(what.charAt(0)) + what.substring(1), what, rail));
    }

    private static String exceptionAt(Stage stage) {
        return switch (stage) {
            case INPUT -> "InputRailException";
            case RETRIEVAL, OUTPUT -> "OutputRailException";
            case TOOL_OUTPUT -> "ToolOutputRailException";
            case TOOL_INPUT -> "ToolInputRailException";
        };
    }
}
