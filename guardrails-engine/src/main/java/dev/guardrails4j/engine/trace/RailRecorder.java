package dev.guardrails4j.engine.trace;

import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what one rail does while it runs. Safe for use by many threads; guarded by its own monitor. */
public final class RailRecorder {

    private final String type;
    private final String name;
    private final String ownAction;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final List<ModelCall> ownCalls = new ArrayList<>();
    private final List<EndpointCall> ownEndpointCalls = new ArrayList<>();
    private final List<ExecutedAction> actions = new ArrayList<>();
    private final Map<String, Object> surroundings;
    private final Supplier<RailObserver> observers;
    private Optional<RailObserver> observer = Optional.empty();
    private boolean fromCache;
    private boolean over;

    /**
     * @param type {@code "input"}, {@code "output"} ...
     * @param name the flow as the configuration spells it
     * @param ownAction the action that calls belong to which the rail makes itself
     * @param surroundings what is to be told beside the evidence, whatever is decided, in JSON-like values
     * @param observers gives who watches it, when it has really begun
     */
    public RailRecorder(
            String type,
            String name,
            String ownAction,
            Map<String, Object> surroundings,
            Supplier<RailObserver> observers) {
        this.type = type;
        this.name = name;
        this.ownAction = ownAction;
        this.surroundings = Map.copyOf(surroundings);
        this.observers = observers;
    }

    /** Who watches it: it has begun. */
    public synchronized RailObserver observer() {
        RailObserver watching = observer.orElseGet(observers);
        observer = Optional.of(watching);
        return watching;
    }

    /** The request fails with it. */
    public void failed(Throwable cause) {
        leave().ifPresent(watching -> watching.failed(cause));
    }

    /** What it would decide is no longer wanted. */
    public void abandoned() {
        leave().ifPresent(RailObserver::abandoned);
    }

    /** Who is to be told of the end, if it has begun and nobody has been told yet. */
    private synchronized Optional<RailObserver> leave() {
        Optional<RailObserver> told = over ? Optional.empty() : observer;
        over = true;
        return told;
    }

    /** The rail did not run: what it once decided is known. */
    public synchronized void fromCache() {
        fromCache = true;
        observer().known();
    }

    /** A model call that the rail made itself. */
    public synchronized void called(ModelCall call) {
        ownCalls.add(call);
    }

    /** A call of another server that the rail made itself. */
    public synchronized void called(EndpointCall call) {
        ownEndpointCalls.add(call);
    }

    /** The model call that ended last, whoever made it. */
    public synchronized Optional<ModelCall> lastCall() {
        return Stream.concat(actions.stream().flatMap(action -> action.modelCalls().stream()), ownCalls.stream())
                .reduce((earlier, later) -> later.startedAt().isBefore(earlier.startedAt()) ? earlier : later);
    }

    /** The server that did not answer, if it was that, and no model, that was called last. */
    public synchronized Optional<String> silentServer() {
        Instant lastModelCall = lastCall().map(ModelCall::startedAt).orElse(Instant.MIN);
        return Stream.concat(
                        actions.stream().flatMap(action -> action.endpointCalls().stream()), ownEndpointCalls.stream())
                .filter(call -> !call.answered() && !call.startedAt().isBefore(lastModelCall))
                .map(EndpointCall::endpoint)
                .reduce((earlier, later) -> later);
    }

    /** An action that the rail executed. */
    public synchronized void executed(ExecutedAction action) {
        actions.add(action);
    }

    /**
     * The rail has ended.
     *
     * @param decisions what follows from it, beside the actions it executed
     * @param evidence why
     * @param returnValue what it decided, in JSON-like values
     */
    public ActivatedRail ended(
            Outcome outcome, List<String> decisions, Map<String, Object> evidence, @Nullable Object returnValue) {
        ActivatedRail rail = record(outcome, decisions, evidence, returnValue);
        observer();
        leave().ifPresent(watching -> watching.ended(rail));
        return rail;
    }

    private synchronized ActivatedRail record(
            Outcome outcome, List<String> decisions, Map<String, Object> evidence, @Nullable Object returnValue) {
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
        List<ExecutedAction> executed = new ArrayList<>();
        boolean calledItself = !ownCalls.isEmpty() || !ownEndpointCalls.isEmpty();
        if (!fromCache && (actions.isEmpty() || calledItself)) {
            executed.add(new ExecutedAction(
                    ownAction,
                    Map.of(),
                    returnValue,
                    List.copyOf(ownCalls),
                    List.copyOf(ownEndpointCalls),
                    startedAt,
                    duration));
        }
        executed.addAll(actions);
        List<String> decided = new ArrayList<>();
        executed.forEach(action -> decided.add("execute " + action.name()));
        decided.addAll(decisions);
        return new ActivatedRail(
                type,
                name,
                outcome,
                List.copyOf(decided),
                List.copyOf(executed),
                withSurroundings(evidence),
                startedAt,
                duration);
    }

    private Map<String, Object> withSurroundings(Map<String, Object> evidence) {
        if (surroundings.isEmpty() && !fromCache) {
            return evidence;
        }
        Map<String, Object> all = new LinkedHashMap<>(evidence);
        all.putAll(surroundings);
        if (fromCache) {
            all.put("from_cache", true);
        }
        return Collections.unmodifiableMap(all);
    }
}
