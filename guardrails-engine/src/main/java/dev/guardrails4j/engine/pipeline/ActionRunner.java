package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ActionContext;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedAction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one action outside of any conversation, on a thread of its own and within its time. */
public final class ActionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);
    private static final int DEEPEST_VALUE = 50;
    private static final int DEEPEST_CALL = 10;

    private final EngineThreads threads;
    private final Catalogue catalogue;

    @Inject
    ActionRunner(EngineThreads threads, Catalogue catalogue) {
        this.threads = threads;
        this.catalogue = catalogue;
    }

    /**
     * Executes an action.
     *
     * @return what it returned; empty if it failed
     * @throws ModelException if a model that it asks cannot be reached or refuses
     * @throws RequestCancelledException if the calling thread is interrupted
     */
    public Optional<Object> run(CataloguedAction action, Map<String, Object> parameters, Duration limit) {
        try (RunningDeadline deadline = RunningDeadline.in(limit, threads.clock())) {
            Alone alone = new Alone(parameters, deadline, 1);
            FutureTask<Object> task = new FutureTask<>(
                    () -> action.plugin().call(() -> action.action().execute(alone)));
            try {
                threads.rails().execute(task);
                Object result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
                if (result == null || !isJsonLike(result, DEEPEST_VALUE)) {
                    LOG.error("The action '{}' returned nothing, or what is no JSON", action.name());
                    return Optional.empty();
                }
                return Optional.of(result);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ModelException failure) {
                    throw failure;
                }
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                LOG.error(
                        "The action '{}' failed with {}",
                        action.name(),
                        cause.getClass().getName());
                // An exception's message may hold what it was called with.
                LOG.debug("Why the action '{}' failed", action.name(), cause);
                return Optional.empty();
            } catch (TimeoutException | RejectedExecutionException e) {
                LOG.error("The action '{}' was not done in time", action.name());
                return Optional.empty();
            } catch (InterruptedException e) {
                throw new RequestCancelledException(e);
            } finally {
                deadline.cancel();
                task.cancel(true);
            }
        }
    }

    private static boolean isJsonLike(@Nullable Object value, int depth) {
        if (depth == 0) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(String.class::isInstance)
                    && map.values().stream().allMatch(item -> isJsonLike(item, depth - 1));
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(item -> isJsonLike(item, depth - 1));
        }
        return value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /** What an action is given that no rail executes: no conversation, no variables. */
    private final class Alone implements ActionContext {

        private final Map<String, Object> parameters;
        private final RunningDeadline deadline;
        private final int depth;

        Alone(Map<String, ?> parameters, RunningDeadline deadline, int depth) {
            this.parameters = Collections.unmodifiableMap(new LinkedHashMap<String, Object>(parameters));
            this.deadline = deadline;
            this.depth = depth;
        }

        @Override
        public Map<String, Object> parameters() {
            return parameters;
        }

        @Override
        public Deadline deadline() {
            return deadline;
        }

        @Override
        public List<Message> messages() {
            return List.of();
        }

        @Override
        public Map<String, Object> variables() {
            return Map.of();
        }

        @Override
        public ChatResponse generate(ChatModel model, String task, ChatRequest request) {
            return model.generate(request, deadline);
        }

        @Override
        public Object execute(String name, Map<String, ?> given) throws Exception {
            if (depth >= DEEPEST_CALL) {
                throw new IllegalStateException("actions execute each other more than " + DEEPEST_CALL + " deep");
            }
            CataloguedAction found = catalogue
                    .action(name)
                    .orElseThrow(() -> new IllegalArgumentException("There is no action '" + name + "'"));
            return found.plugin().call(() -> found.action().execute(new Alone(given, deadline, depth + 1)));
        }
    }
}
