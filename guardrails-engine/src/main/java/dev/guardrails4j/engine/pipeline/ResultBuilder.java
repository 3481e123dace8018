package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.GenerationLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Collects what a request's result is made of. Used by the thread of its request only. */
final class ResultBuilder {

    private final Blueprint blueprint;
    private final Turn turn;
    private final long startNanos = System.nanoTime();
    private final List<ActivatedRail> activated = new ArrayList<>();
    private TokenUsage usage = TokenUsage.NONE;
    private Map<String, Object> modelOutput = Map.of();
    private Optional<Blocked> block = Optional.empty();
    private String refusal = "";

    ResultBuilder(Blueprint blueprint, Turn turn) {
        this.blueprint = blueprint;
        this.turn = turn;
    }

    void add(ActivatedRail rail) {
        activated.add(rail);
    }

    void answeredBy(TokenUsage spent, Map<String, Object> raw) {
        usage = usage.plus(spent);
        modelOutput = raw;
    }

    void blocked(ConfiguredRail rail, Verdict.Block verdict, boolean failure) {
        blocked(rail.stage(), rail.reference(), rail.name(), rail.refusal(), verdict, failure);
    }

    /** The engine itself has refused what the user said, for a reason that has this name. */
    void blockedInput(String name, Verdict.Block verdict) {
        blocked(Stage.INPUT, name, name, Refusal.toRespond(), verdict, false);
    }

    private void blocked(Stage stage, String flow, String rail, Refusal kind, Verdict.Block verdict, boolean failure) {
        refusal = PresentedBlock.text(kind, verdict, failure, blueprint.config());
        block = Optional.of(new Blocked(
                stage,
                flow,
                rail,
                verdict.reason(),
                failure,
                blueprint.config().railsExceptions()
                        ? Optional.of(PresentedBlock.exception(stage, rail, kind))
                        : Optional.empty()));
        turn.set("triggered_%s_rail".formatted(stage.name().toLowerCase(Locale.ROOT)), flow);
    }

    /** A rail blocked: the refusal takes the answer's place, and nothing of the answer is left. */
    GenerationResult refused() {
        turn.answer(refusal, "");
        turn.callTools(List.of());
        modelOutput = Map.of();
        return result(Message.assistant(refusal), "content_filter");
    }

    /** The model answered and the rails let it pass. */
    GenerationResult answered(ChatResponse.Choice choice) {
        Message answer = choice.message();
        Message said = asLeft(answer);
        if (!said.equals(answer)) {
            modelOutput = Map.of();
        }
        return result(turn.originals().restored(said), Optional.of(said), choice.finishReason());
    }

    /** An answer as the rails left it. */
    private Message asLeft(Message answer) {
        Message said = turn.botText().equals(answer.text()) ? answer : answer.withText(turn.botText());
        if (!turn.declined().equals(DeclinedText.of(answer))) {
            said = DeclinedText.replaced(said, turn.declined());
        }
        return turn.toolCalls().equals(answer.toolCalls())
                ? said
                : new Message(said.role(), said.content(), turn.toolCalls(), said.fields());
    }

    /** The answer was streamed, and this is what was shown of it. */
    GenerationResult streamed(Message shown, String finishReason) {
        turn.answer(shown.text(), "");
        return result(
                turn.originals().restored(shown),
                Optional.of(shown),
                block.isPresent() ? "content_filter" : finishReason);
    }

    /** What blocked, if something did. */
    Optional<Blocked> block() {
        return block;
    }

    /** Nothing was generated: the text that was checked comes back. */
    GenerationResult echoed(String text) {
        return result(Message.assistant(text), "stop");
    }

    /** Nothing was generated: the answer that was checked comes back. */
    GenerationResult echoed(Message answer) {
        return result(asLeft(answer), "stop");
    }

    private GenerationResult result(Message message, String finishReason) {
        return result(message, Optional.empty(), finishReason);
    }

    private GenerationResult result(Message message, Optional<Message> unrestored, String finishReason) {
        GenerationResult result = new GenerationResult(
                turn.messages(),
                message,
                unrestored.filter(kept -> !kept.equals(message)),
                turn.originals().restored(turn.reasoning()),
                finishReason,
                block,
                usage,
                turn.variables(),
                modelOutput,
                new GenerationLog(List.copyOf(activated), Duration.ofNanos(System.nanoTime() - startNanos)));
        turn.observer().ended(result);
        return result;
    }
}
