package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.trace.ActivatedRail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the rails of a stage look at one text, each on its own: what one decides or rewrites, the next does not see. For one
 * thread.
 *
 * @param blueprint whose rails
 * @param stage what the text is taken for
 * @param text what they look at
 */
record Examination(Blueprint blueprint, Stage stage, String text) {

    private static final String CALL_ID = "call_1";
    private static final String ANY_TOOL = "tool";

    /** What each wanted rail decided, in configured order. */
    List<ActivatedRail> run(RailRunner rails, GenerationOptions options, RunningDeadline deadline) {
        List<ActivatedRail> decided = new ArrayList<>();
        for (ConfiguredRail rail : blueprint.railsAt(stage)) {
            if (options.wants(stage, rail.name(), rail.reference())) {
                Turn turn = turn(rail.flow().tool().orElse(ANY_TOOL));
                decided.add(rails.run(rail, subject(turn), turn, deadline).record());
            }
        }
        return decided;
    }

    private Turn turn(String tool) {
        List<Message> messages = switch (stage) {
            case INPUT -> List.of(Message.user(text));
            case TOOL_INPUT ->
                List.of(
                        calling(new ToolCall(CALL_ID, tool, "{}")),
                        new Message(
                                Role.TOOL,
                                List.of(ContentPart.text(text)),
                                List.of(),
                                Map.of("tool_call_id", CALL_ID, "name", tool)));
            case RETRIEVAL, OUTPUT, TOOL_OUTPUT -> List.of();
        };
        Map<String, Object> context = stage == Stage.RETRIEVAL ? Map.of(Turn.CHUNKS, List.of(text)) : Map.of();
        Turn turn =
                new Turn(messages, context, List.of(), ChosenModel.of(blueprint, Optional.empty(), Optional.empty()));
        if (stage == Stage.OUTPUT) {
            turn.answer(text, "");
        } else if (stage == Stage.TOOL_OUTPUT) {
            turn.callTools(List.of(new ToolCall(CALL_ID, tool, text)));
        }
        return turn;
    }

    private static Message calling(ToolCall call) {
        return new Message(Role.ASSISTANT, List.of(), List.of(call), Map.of());
    }

    private Subject subject(Turn turn) {
        return switch (stage) {
            case INPUT, RETRIEVAL, OUTPUT -> new StageText(turn, stage);
            case TOOL_OUTPUT -> new CalledTool(turn, 0);
            case TOOL_INPUT -> ReturnedResult.of(turn).get(0);
        };
    }
}
