package dev.guardrails4j.engine.pipeline;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.Cancellation;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationStream;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.ObservedRequest.Operation;
import dev.guardrails4j.engine.trace.RequestObserver;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way of a conversation through a blueprint: results of tools, input rails, retrieval rails, the model, calls of tools,
 * output rails. Blocking; safe for use by many threads.
 */
public final class Pipeline {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private final EngineThreads threads;
    private final EngineObserver observer;
    private final RailRunner rails;
    private final Verdicts verdicts = new Verdicts(Ticker.systemTicker());

    @Inject
    public Pipeline(EngineThreads threads, EngineObserver observer) {
        this.threads = threads;
        this.observer = observer;
        this.rails = new RailRunner(threads);
    }

    /**
     * Continues a conversation.
     *
     * @throws ModelException if the main model cannot be reached or refuses
     * @throws dev.guardrails4j.engine.RailUnavailableException if a rail's model cannot
     * @throws dev.guardrails4j.engine.RequestTimeoutException if the request's time has passed
     * @throws dev.guardrails4j.engine.RequestCancelledException if it is cancelled, or the calling thread is interrupted while
     *     it waits for rails
     * @throws dev.guardrails4j.api.RailConfigurationException if the model must be asked and the configuration has none
     */
    public GenerationResult run(Blueprint blueprint, GenerationRequest request, Cancellation cancellation) {
        try (RunningDeadline deadline = deadline(blueprint, request)) {
            cancellation.onCancel(deadline::cancel);
            RequestObserver watching = begins(Operation.CHAT, blueprint, request);
            try {
                return new Run(blueprint, request, rails, verdicts, threads, deadline, watching).result();
            } catch (ModelException failure) {
                RuntimeException reason = deadline.reason(failure);
                watching.failed(reason);
                throw reason;
            } catch (RuntimeException | Error failure) {
                watching.failed(failure);
                throw failure;
            }
        }
    }

    /**
     * Checks a conversation: all that nothing has answered yet, and its last message if that is an answer. The main model is
     * not asked to continue it, whatever the request's options say.
     *
     * @throws dev.guardrails4j.engine.RailUnavailableException if a rail's model cannot be reached or refuses
     * @throws dev.guardrails4j.engine.RequestTimeoutException if the request's time has passed
     * @throws dev.guardrails4j.engine.RequestCancelledException if it is cancelled, or the calling thread is interrupted
     */
    public CheckResult check(Blueprint blueprint, GenerationRequest request, Cancellation cancellation) {
        try (RunningDeadline deadline = deadline(blueprint, request)) {
            cancellation.onCancel(deadline::cancel);
            RequestObserver watching = begins(Operation.CHECK, blueprint, request);
            try {
                GenerationRequest checked = request.withoutDialog();
                return new Run(blueprint, checked, rails, verdicts, threads, deadline, watching).checked();
            } catch (RuntimeException | Error failure) {
                watching.failed(failure);
                throw failure;
            }
        }
    }

    /**
     * Continues a conversation while its reader watches. Nothing runs before the first event is asked for.
     *
     * @return to be closed by the caller; fails as {@link #run} does
     * @throws dev.guardrails4j.engine.StreamingNotEnabledException if answers may not be streamed through the output rails
     */
    public GenerationStream stream(Blueprint blueprint, GenerationRequest request) {
        RunningDeadline deadline = deadline(blueprint, request);
        RequestObserver watching = begins(Operation.STREAM, blueprint, request);
        return new RunningStream(
                new Run(blueprint, request, rails, verdicts, threads, deadline, watching), deadline, watching);
    }

    /**
     * Lets rails of a stage decide about one text, each as if it were the only one.
     *
     * @param options which rails; its choice for the stage counts
     * @return what each decided, in configured order
     * @throws dev.guardrails4j.engine.RailUnavailableException if a rail's model cannot be reached or refuses
     * @throws dev.guardrails4j.engine.RequestTimeoutException if the time that a request may take has passed
     * @throws dev.guardrails4j.engine.RequestCancelledException if the calling thread is interrupted
     */
    public List<ActivatedRail> examine(Blueprint blueprint, Stage stage, String text, GenerationOptions options) {
        try (RunningDeadline deadline = RunningDeadline.in(DEFAULT_TIMEOUT, threads.clock())) {
            return new Examination(blueprint, stage, text).run(rails, options, deadline);
        }
    }

    private RequestObserver begins(Operation operation, Blueprint blueprint, GenerationRequest request) {
        return observer.begins(new ObservedRequest(operation, blueprint.config(), request.messages()));
    }

    private RunningDeadline deadline(Blueprint blueprint, GenerationRequest request) {
        Duration time = Stream.concat(
                        request.timeout().stream(), blueprint.config().running().requestTimeout().stream())
                .min(Comparator.naturalOrder())
                .orElse(DEFAULT_TIMEOUT);
        return RunningDeadline.in(time, threads.clock());
    }
}
