package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.CheckResult.Status;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.config.InputScope;
import dev.guardrails4j.engine.config.RunningConfig.OutputStreaming;
import dev.guardrails4j.engine.model.Fingerprint;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.RailRecorder;
import dev.guardrails4j.engine.trace.RequestObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One request on its way through a blueprint. For one thread. */
final class Run {

    /** What the reference calls the generation in its log. */
    private static final String GENERATION = "generate user intent";

    private final Blueprint blueprint;
    private final GenerationRequest request;
    private final EngineThreads threads;
    private final RunningDeadline deadline;
    private final Optional<Message> answer;
    private final Turn turn;
    private final Verdicts.Remembered verdicts;
    private final StageRunner stages;
    private final ResultBuilder result;

    Run(
            Blueprint blueprint,
            GenerationRequest request,
            RailRunner rails,
            Verdicts verdicts,
            EngineThreads threads,
            RunningDeadline deadline,
            RequestObserver observer) {
        this.blueprint = blueprint;
        this.request = request;
        this.threads = threads;
        this.deadline = deadline;
        this.answer = request.options().dialog() ? Optional.empty() : answer(request.messages());
        List<Message> asked = answer.isPresent()
                ? request.messages().subList(0, request.messages().size() - 1)
                : request.messages();
        this.turn = new Turn(
                        asked,
                        request.context(),
                        request.tools(),
                        ChosenModel.of(blueprint, request.model(), request.access()),
                        blueprint.config().running().inputScope())
                .observedBy(observer);
        this.verdicts = verdicts.of(holder(request), turn.model());
        answer.ifPresent(message -> turn.answer(message, ""));
        this.result = new ResultBuilder(blueprint, turn);
        this.stages = new StageRunner(rails, blueprint, request.options(), turn, deadline, result);
    }

    /** Who may know what was decided: whoever comes with a key or headers of his own is known by them. */
    private static String holder(GenerationRequest request) {
        return request.access()
                .map(own -> Fingerprint.of(
                        request.caller(), own.key().orElse(""), own.headers().toString()))
                .orElse(request.caller());
    }

    /** Goes the whole way. */
    GenerationResult result() {
        if (!request.options().dialog()) {
            return checkedOnly();
        }
        RailRecorder recorder = generation();
        try (Speculation<ChatResponse> speculation = speculation(
                (question, within) ->
                        RecordedCall.of(model(), ChosenModel.MAIN, "general", question, within, CallBook.of(recorder)),
                UnaryOperator.identity(),
                unwanted -> {})) {
            if (!passesInput()) {
                return result.refused();
            }
            ChatResponse response = speculation.result();
            result.add(recorder.ended(Outcome.PASSED, List.of(), Map.of(), null));
            result.answeredBy(response.usage(), response.raw());
            ChatResponse.Choice choice = response.choices().get(0);
            turn.answer(choice.message(), choice.reasoning());
            return passesToolCalls() && passesAnswer() ? result.answered(choice) : result.refused();
        } catch (ModelException failure) {
            recorder.failed(failure);
            throw failure;
        } finally {
            recorder.abandoned();
        }
    }

    /** Only checks: what tools returned, what the user said and, if the conversation ends with it, what was answered. */
    GenerationResult checkedOnly() {
        if (!passesQuestion() || !passesToolCalls() || !passesAnswer()) {
            return result.refused();
        }
        return answer.map(result::echoed).orElseGet(() -> result.echoed(turn.userText()));
    }

    /** Checks only, and tells what has become of the conversation. */
    CheckResult checked() {
        GenerationResult outcome = checkedOnly();
        List<Message> left = new ArrayList<>(turn.messages());
        answer.ifPresent(original -> left.add(outcome.block().isPresent() ? original : outcome.message()));
        return new CheckResult(
                status(outcome, left), text(outcome, left), left, outcome.block(), outcome.context(), outcome.log());
    }

    private Status status(GenerationResult outcome, List<Message> left) {
        if (outcome.block().isPresent()) {
            return Status.BLOCKED;
        }
        boolean unchanged = answer.map(outcome.message()::equals).orElseGet(() -> left.equals(request.messages()));
        return unchanged ? Status.PASSED : Status.MODIFIED;
    }

    /** Instructions are nobody's message; a conversation of nothing else is told by its last. */
    private static String text(GenerationResult outcome, List<Message> left) {
        if (outcome.block().isPresent() || left.isEmpty()) {
            return outcome.text();
        }
        List<Message> said = left.stream()
                .filter(message -> message.role() != Role.SYSTEM && message.role() != Role.DEVELOPER)
                .toList();
        return last(said.isEmpty() ? left : said).text();
    }

    /** Whether the model may be asked; what was retrieved is cleaned for it. */
    boolean passesInput() {
        if (!passesQuestion()) {
            return false;
        }
        stages.runRetrieval();
        turn.hideOriginals();
        return true;
    }

    /** What tools returned and what the user said; the results of tools first, DESIGN 4. */
    private boolean passesQuestion() {
        List<Subject> results = ReturnedResult.of(turn);
        return passesParts()
                && stages.passes(Stage.TOOL_INPUT, results)
                && stages.passes(Stage.INPUT, results)
                && stages.passes(Stage.INPUT, said());
    }

    /** What no rail can read is not held against a request that wants none to. */
    private boolean passesParts() {
        if (request.options().isOff(Stage.INPUT)) {
            return true;
        }
        UnreadableParts unreadable = UnreadableParts.of(turn.messages(), stages);
        boolean refuses = blueprint.config().refusesUnreadableParts();
        if (unreadable.isNone() || !(refuses || stages.hasRails(Stage.INPUT))) {
            return true;
        }
        result.add(unreadable.record(refuses));
        if (refuses) {
            result.blockedInput(UnreadableParts.NAME, unreadable.verdict());
        }
        return !refuses;
    }

    /** What the user has said of what is to be checked, in its order. */
    private List<Subject> said() {
        if (!turn.hasUserTurn()) {
            return List.of();
        }
        if (blueprint.config().running().inputScope() != InputScope.ALL) {
            return List.of(new StageText(turn, Stage.INPUT));
        }
        List<Subject> said = new ArrayList<>();
        UserTurn.earlier(turn.messages()).forEach(earlier -> said.add(new EarlierTurn(turn, earlier, verdicts)));
        said.add(new NewTurn(turn, verdicts));
        return said;
    }

    private boolean passesAnswer() {
        return (turn.botText().isEmpty() || passes(Stage.OUTPUT))
                && (turn.declined().isEmpty() || stages.passes(Stage.OUTPUT, List.of(new DeclinedText(turn))));
    }

    /** Whether the tools that the model calls may be called so. */
    boolean passesToolCalls() {
        List<Subject> calls = turn.calledTools();
        return stages.passes(Stage.TOOL_OUTPUT, calls) && stages.passes(Stage.OUTPUT, calls);
    }

    boolean checksToolCalls() {
        return stages.checksToolCalls();
    }

    /** Whether calls are shown in one piece only: a rail looks at whole ones, or something in them is to be restored. */
    boolean holdsToolCalls() {
        return checksToolCalls() || !turn.originals().isEmpty();
    }

    boolean passes(Stage stage) {
        return stages.passes(stage);
    }

    boolean wantsRails(Stage stage) {
        return stages.hasRails(stage);
    }

    boolean mayRewrite(Stage stage) {
        return stages.mayRewrite(stage);
    }

    boolean isDialog() {
        return request.options().dialog();
    }

    /**
     * A call of the main model: made beside the input rails if the configuration says so and no rail can still change what
     * the model is asked, else when its result is asked for.
     *
     * @param early what is to be done with what has come before it was asked for
     */
    <T> Speculation<T> speculation(
            BiFunction<ChatRequest, RunningDeadline, T> call, UnaryOperator<T> early, Consumer<T> discard) {
        boolean isEarly = blueprint.config().running().speculative()
                && !stages.mayRewrite(Stage.INPUT)
                && (ReturnedResult.of(turn).isEmpty() || !stages.mayRewrite(Stage.TOOL_INPUT))
                && !stages.hasRails(Stage.RETRIEVAL);
        if (!isEarly) {
            return Speculation.of(within -> call.apply(question(), within), discard, false, threads, deadline);
        }
        // Asked here: the turn is this thread's own.
        ChatRequest question = question();
        return Speculation.of(within -> early.apply(call.apply(question, within)), discard, true, threads, deadline);
    }

    /** An answer that is read while the input rails decide, as far as the configuration lets it be. */
    ChatStream readAhead(ChatStream stream) {
        ReadAhead ahead = new ReadAhead(stream, blueprint.config().running().maxBufferedChunks());
        try {
            threads.rails().execute(ahead::run);
        } catch (RejectedExecutionException e) {
            // No thread is free for what is only a guess: it is read when it is asked for.
        }
        return ahead;
    }

    RailRecorder generation() {
        return new RailRecorder(
                "generation",
                GENERATION,
                "generate_user_intent",
                Map.of(),
                () -> turn.observer().rail("generation", GENERATION, GENERATION));
    }

    ChatModel model() {
        return turn.model().asked(blueprint.main().get());
    }

    ChatRequest question() {
        return new ChatRequest(
                request.model(),
                turn.model().instructions().before(turn.messages(), turn.chunks()),
                request.parameters());
    }

    OutputStreaming streaming() {
        return blueprint.config().running().streaming();
    }

    Turn turn() {
        return turn;
    }

    ResultBuilder collected() {
        return result;
    }

    private static Optional<Message> answer(List<Message> messages) {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(last(messages)).filter(message -> message.role() == Role.ASSISTANT);
    }

    private static Message last(List<Message> messages) {
        return messages.get(messages.size() - 1);
    }
}
