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
import java.util.ArrayList;
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

    @Inject
    ActionRunner(EngineThreads threads) {
        this.threads = threads;
    }

    /**
     * Executes an action.
     *
     * @param catalogue where it finds the actions that it executes itself
     * @return what it returned; empty if it failed
     * @throws ModelException if a model that it asks cannot be reached or refuses
     * @throws RequestCancelledException if the calling thread is interrupted
     */
    public Optional<Object> run(
            CataloguedAction action, Map<String, Object> parameters, Duration limit, Catalogue catalogue) {
        try (RunningDeadline deadline = RunningDeadline.in(limit, threads.clock())) {
            Alone alone = new Alone(parameters, deadline, 1, catalogue);
            FutureTask<Object> task = new FutureTask<>(
                    () -> action.plugin().call(() -> action.action().execute(alone)));
            try {
                threads.rails().execute(task);
                Object result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
                if (result != null) {
                    return Optional.ofNullable(plain(result, DEEPEST_VALUE));
                }
                LOG.error("The action '{}' returned nothing", action.name());
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                LOG.error("The action '{}' returned what is no JSON", action.name());
                return Optional.empty();
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

    /** A copy in the JDK's own classes: what keeps the value keeps nothing of the plug-in that it came from. */
    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && depth > 0) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                if (!(key instanceof String name)) {
                    throw new IllegalArgumentException("a key that is no text");
                }
                copy.put(name, plain(item, depth - 1));
            });
            return copy;
        }
        if (value instanceof List<?> list && depth > 0) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item, depth - 1)));
            return copy;
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("a value that is none of JSON's, or nested too deeply");
    }

    /** What an action is given that no rail executes: no conversation, no variables. */
    private static final class Alone implements ActionContext {

        private final Map<String, Object> parameters;
        private final RunningDeadline deadline;
        private final int depth;
        private final Catalogue catalogue;

        Alone(Map<String, ?> parameters, RunningDeadline deadline, int depth, Catalogue catalogue) {
            this.catalogue = catalogue;
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
            return found.plugin().call(() -> found.action().execute(new Alone(given, deadline, depth + 1, catalogue)));
        }
    }
}
