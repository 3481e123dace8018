package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.RailRecorder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The way of a conversation through a blueprint: input rails, retrieval rails, the model, output rails. Blocking; safe for
 * use by many threads.
 */
public final class Pipeline {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private final EngineThreads threads;
    private final RailRunner rails;

    @Inject
    public Pipeline(EngineThreads threads, Catalogue catalogue) {
        this.threads = threads;
        this.rails = new RailRunner(threads, catalogue);
    }

    /**
     * Continues a conversation.
     *
     * @throws dev.guardrails4j.api.ModelException if the main model cannot be reached or refuses
     * @throws dev.guardrails4j.engine.RailUnavailableException if a rail's model cannot
     * @throws dev.guardrails4j.engine.RequestCancelledException if the calling thread is interrupted
     * @throws dev.guardrails4j.api.RailConfigurationException if the model must be asked and the configuration has none
     */
    public GenerationResult run(Blueprint blueprint, GenerationRequest request) {
        Duration timeout = request.timeout().orElse(DEFAULT_TIMEOUT);
        try (RunningDeadline deadline = RunningDeadline.in(timeout, threads.clock())) {
            return new Run(blueprint, request, deadline).result();
        }
    }

    /** One request on its way. */
    private final class Run {

        private final Blueprint blueprint;
        private final GenerationRequest request;
        private final RunningDeadline deadline;
        private final Turn turn;
        private final StageRunner stages;
        private final ResultBuilder result;

        Run(Blueprint blueprint, GenerationRequest request, RunningDeadline deadline) {
            this.blueprint = blueprint;
            this.request = request;
            this.deadline = deadline;
            boolean answered = !request.options().dialog() && endsWithAnswer(request.messages());
            List<Message> asked =
                    answered ? request.messages().subList(0, request.messages().size() - 1) : request.messages();
            this.turn = new Turn(asked, request.context());
            if (answered) {
                turn.answer(last(request.messages()).text(), "");
            }
            this.result = new ResultBuilder(blueprint, turn);
            this.stages = new StageRunner(rails, blueprint, request.options(), turn, deadline, result);
        }

        GenerationResult result() {
            if (turn.hasUserTurn() && !stages.passes(Stage.INPUT)) {
                return result.refused();
            }
            if (!request.options().dialog()) {
                return checkedOnly();
            }
            stages.runRetrieval();
            ChatResponse response = ask();
            ChatResponse.Choice choice = response.choices().get(0);
            turn.answer(choice.message().text(), choice.reasoning());
            if (!turn.botText().isEmpty() && !stages.passes(Stage.OUTPUT)) {
                return result.refused();
            }
            return result.answered(choice);
        }

        private GenerationResult checkedOnly() {
            if (turn.botText().isEmpty()) {
                return result.echoed(turn.userText());
            }
            return stages.passes(Stage.OUTPUT) ? result.echoed(turn.botText()) : result.refused();
        }

        private ChatResponse ask() {
            ChatModel model = blueprint.main().get();
            RailRecorder recorder = new RailRecorder("generation", "generate user intent", "generate_user_intent");
            ChatRequest asked =
                    new ChatRequest(request.model(), Instructions.of(blueprint.config(), turn), request.parameters());
            ChatResponse response = RecordedCall.of(model, "general", asked, deadline, recorder::called);
            result.add(recorder.ended(Outcome.PASSED, List.of(), Map.of(), null));
            result.answeredBy(response);
            return response;
        }
    }

    private static boolean endsWithAnswer(List<Message> messages) {
        return !messages.isEmpty()
                && last(messages).role() == Role.ASSISTANT
                && last(messages).toolCalls().isEmpty();
    }

    private static Message last(List<Message> messages) {
        return messages.get(messages.size() - 1);
    }
}
