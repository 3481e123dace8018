package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.RequestTimeoutException;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.engine.trace.RailObserver;
import dev.guardrails4j.engine.trace.RailObserver.Fault;
import dev.guardrails4j.engine.trace.RailRecorder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one rail over one text: in a thread of its own, within its deadline, and never past a fault. A rail that throws,
 * returns nothing or is late has not let the text pass; only its flow's {@code on_error: allow} does.
 */
final class RailRunner {

    private static final Logger LOG = LoggerFactory.getLogger(RailRunner.class);

    private final EngineThreads threads;

    RailRunner(EngineThreads threads) {
        this.threads = threads;
    }

    /**
     * What a rail decided, and what is to be told of it.
     *
     * @param verdict what holds
     * @param record what happened
     */
    record Decided(Verdict verdict, ActivatedRail record) {

        boolean isFailure() {
            return record.outcome() == Outcome.FAILED;
        }
    }

    /**
     * Runs a rail and waits for what it decides.
     *
     * @throws RailUnavailableException if the rail's model is out of service
     * @throws RequestCancelledException if nobody waits for the answer any more
     * @throws RequestTimeoutException if the request's time has passed
     */
    Decided run(ConfiguredRail rail, Subject subject, Turn turn, RunningDeadline requestDeadline) {
        try (Attempt attempt = start(rail, subject, turn, requestDeadline, done -> {})) {
            return attempt.decision();
        }
    }

    /**
     * Starts a rail.
     *
     * @param whenDone told from the rail's thread when the attempt has an outcome
     */
    Attempt start(
            ConfiguredRail rail,
            Subject subject,
            Turn turn,
            RunningDeadline requestDeadline,
            Consumer<Attempt> whenDone) {
        String type = rail.type();
        RailObserver observer = turn.observer().rail(type, rail.name(), rail.reference());
        RailRecorder recorder =
                new RailRecorder(type, rail.reference(), rail.actionName(), subject.evidence(), () -> observer);
        recorder.observer();
        RunningDeadline deadline = requestDeadline.within(rail.timeout());
        Optional<Verdict> known = subject.known(rail);
        if (known.isPresent()) {
            recorder.fromCache();
            return atOnce(rail, recorder, requestDeadline, deadline, known::get, whenDone);
        }
        if (subject.isRemembered()) {
            observer.unknown();
        }
        if (rail.gate().isShut()) {
            return atOnce(rail, recorder, requestDeadline, deadline, RailRunner::shut, whenDone);
        }
        Optional<RailGate.Place> place = place(rail, deadline, recorder);
        if (place.isEmpty()) {
            rail.gate().ended();
            return atOnce(rail, recorder, requestDeadline, deadline, RailRunner::busy, whenDone);
        }
        RailRun run = RailRun.of(rail.stage(), subject, turn, deadline, rail.actions(), recorder);
        Attempt attempt = new Attempt(
                rail,
                recorder,
                requestDeadline,
                deadline,
                () -> check(rail, run, place.get()),
                verdict -> {
                    if (!run.use().hasLooked()) {
                        subject.decided(rail, run.text(), verdict);
                    }
                },
                run.use()::forgetAnswers,
                whenDone,
                place);
        attempt.begin();
        return attempt;
    }

    /** An attempt whose outcome is known without the rail. */
    private Attempt atOnce(
            ConfiguredRail rail,
            RailRecorder recorder,
            RunningDeadline requestDeadline,
            RunningDeadline deadline,
            Callable<Verdict> outcome,
            Consumer<Attempt> whenDone) {
        Attempt attempt = new Attempt(
                rail,
                recorder,
                requestDeadline,
                deadline,
                outcome,
                verdict -> {},
                () -> {},
                whenDone,
                Optional.empty());
        attempt.task.run();
        return attempt;
    }

    private static Optional<RailGate.Place> place(
            ConfiguredRail rail, RunningDeadline deadline, RailRecorder recorder) {
        try {
            return rail.gate().enter(deadline.remaining());
        } catch (InterruptedException e) {
            rail.gate().ended();
            recorder.abandoned();
            throw new RequestCancelledException(e);
        }
    }

    private static Verdict check(ConfiguredRail rail, RailRun run, RailGate.Place place) throws Exception {
        if (!place.begin()) {
            throw new CancellationException("given up before it began");
        }
        try {
            return rail.plugin().call(() -> rail.check().check(run));
        } finally {
            place.end();
        }
    }

    private static Verdict shut() {
        throw new RailFailure(
                Fault.CIRCUIT_OPEN, "its circuit breaker is open, for its checks failed again and again", null);
    }

    private static Verdict busy() {
        throw new BusyException();
    }

    /** One rail at work on one text. Its decision is asked for by one thread. */
    final class Attempt implements AutoCloseable {

        private final ConfiguredRail rail;
        private final RailRecorder recorder;
        private final RunningDeadline requestDeadline;
        private final RunningDeadline deadline;
        private final FutureTask<Verdict> task;
        private final Consumer<Verdict> whenDecided;
        private final Optional<RailGate.Place> place;
        private boolean isCounted;
        private final Runnable whenFailed;
        private Deadline.Registration cancellation = () -> {};

        private Attempt(
                ConfiguredRail rail,
                RailRecorder recorder,
                RunningDeadline requestDeadline,
                RunningDeadline deadline,
                Callable<Verdict> check,
                Consumer<Verdict> whenDecided,
                Runnable whenFailed,
                Consumer<Attempt> whenDone,
                Optional<RailGate.Place> place) {
            this.rail = rail;
            this.recorder = recorder;
            this.requestDeadline = requestDeadline;
            this.deadline = deadline;
            this.whenDecided = whenDecided;
            this.place = place;
            this.whenFailed = whenFailed;
            this.task = new FutureTask<>(check) {
                @Override
                protected void done() {
                    whenDone.accept(Attempt.this);
                }
            };
        }

        ConfiguredRail rail() {
            return rail;
        }

        /** How long it may still take. */
        Duration remaining() {
            return deadline.remaining();
        }

        private void begin() {
            try {
                threads.rails().execute(task);
            } catch (RejectedExecutionException e) {
                task.cancel(false);
            }
            cancellation = requestDeadline.onEnd(() -> task.cancel(true));
        }

        /**
         * Waits for the decision.
         *
         * @throws RailUnavailableException if the rail's model is out of service
         * @throws RequestCancelledException if nobody waits for the answer any more
         * @throws RequestTimeoutException if the request's time has passed
         */
        Decided decision() {
            try {
                Verdict verdict = verdict();
                count(rail.gate()::decided);
                whenDecided.accept(verdict);
                return decided(rail, verdict, recorder);
            } catch (RailFailure failure) {
                whenFailed.run();
                if (requestDeadline.wasCancelled()) {
                    throw new RequestCancelledException(failure);
                }
                recorder.observer().fault(failure.fault());
                if (requestDeadline.hasEnded()) {
                    throw new RequestTimeoutException(failure);
                }
                if (failure.isTheRailsOwn()) {
                    count(() -> rail.gate().failed(failure));
                }
                return failed(rail, failure, recorder);
            }
        }

        /** Tells the gate, once, of a check that went through it. */
        private void count(Runnable outcome) {
            if (place.isPresent() && !isCounted) {
                isCounted = true;
                outcome.run();
            }
        }

        private Verdict verdict() {
            try {
                Verdict verdict = task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
                if (verdict == null) {
                    throw new RailFailure(Fault.ERROR, "it returned no verdict", null);
                }
                if (verdict instanceof Verdict.Rewrite && !rail.rewrites()) {
                    throw new RailFailure(Fault.ERROR, "it rewrote the text, which it does not declare to do", null);
                }
                return verdict;
            } catch (CancellationException e) {
                throw new RailFailure(Fault.BUSY, "no thread was free to run it", e);
            } catch (TimeoutException e) {
                throw new RailFailure(Fault.TIMEOUT, "it did not decide in time", e);
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                if (cause instanceof RailFailure known) {
                    throw known;
                }
                RailFailure failure = new RailFailure(
                        Fault.ERROR, "it failed with " + cause.getClass().getName(), cause);
                // Its call of a model was called off, whoever noticed first: no fault of the model's.
                boolean isLate = failure.outage().isPresent() && deadline.hasEnded();
                throw isLate ? new RailFailure(Fault.TIMEOUT, "it did not decide in time", null) : failure;
            } catch (InterruptedException e) {
                throw new RequestCancelledException(e);
            }
        }

        /** Stops the rail if it is still at work, and whatever it has called. */
        @Override
        public void close() {
            cancellation.close();
            if (!task.isDone()) {
                deadline.cancel();
                task.cancel(true);
            }
            recorder.abandoned();
            place.ifPresent(RailGate.Place::giveUp);
            count(rail.gate()::ended);
            deadline.close();
        }
    }

    private static Decided decided(ConfiguredRail rail, Verdict verdict, RailRecorder recorder) {
        if (verdict instanceof Verdict.Block block) {
            return new Decided(
                    verdict,
                    recorder.ended(
                            Outcome.BLOCKED,
                            List.of(rail.refusal().message(), "stop"),
                            block.evidence(),
                            outcome("block", block.reason(), block.evidence(), List.of(), false)));
        }
        if (verdict instanceof Verdict.Rewrite rewrite) {
            return new Decided(
                    verdict,
                    recorder.ended(
                            Outcome.REWRITTEN,
                            List.of(),
                            rewrite.evidence(),
                            outcome("transform", null, rewrite.evidence(), List.of(rewrite.text()), false)));
        }
        return new Decided(
                verdict,
                recorder.ended(
                        Outcome.PASSED,
                        List.of(),
                        verdict.evidence(),
                        outcome("allow", null, verdict.evidence(), List.of(), false)));
    }

    private static Decided failed(ConfiguredRail rail, RailFailure failure, RailRecorder recorder) {
        String reason = "the rail '%s' could not decide: %s".formatted(rail.name(), failure.getMessage());
        Map<String, Object> evidence = Map.of("failure", failure.getMessage());
        Map<String, Object> value = outcome("block", reason, evidence, List.of(), true);
        if (failure.getCause() instanceof BusyException) {
            throw unavailable(RailUnavailableException.busy(rail.reference()), recorder);
        }
        if (rail.passesWhenFailing()) {
            LOG.warn("{}; the text passes, since its flow says on_error: allow", reason);
            return new Decided(Verdict.allow(), recorder.ended(Outcome.BYPASSED, List.of(), evidence, value));
        }
        Optional<ModelException> outage = failure.outage();
        if (outage.isPresent()) {
            throw unavailable(
                    recorder.silentServer()
                            .map(server -> RailUnavailableException.ofServer(server, rail.reference(), outage.get()))
                            .orElseGet(() ->
                                    new RailUnavailableException(rail.reference(), outage.get(), recorder.lastCall())),
                    recorder);
        }
        LOG.error("{}; the text is blocked", reason);
        // An exception's message may hold the text under check.
        LOG.debug("Why the rail '{}' failed", rail.name(), failure.getCause());
        return new Decided(Verdict.block(reason), recorder.ended(Outcome.FAILED, List.of("stop"), evidence, value));
    }

    private static RailUnavailableException unavailable(RailUnavailableException outage, RailRecorder recorder) {
        recorder.failed(outage);
        return outage;
    }

    /** The reference's RailOutcome, contract "config and rails" 2.2. */
    private static Map<String, Object> outcome(
            String decision,
            @Nullable String reason,
            Map<String, Object> metadata,
            List<String> rewritten,
            boolean failed) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("decision", decision);
        if (reason != null) {
            outcome.put("reason", reason);
        }
        outcome.put("metadata", metadata);
        outcome.put(
                "transforms",
                rewritten.stream().map(text -> Map.of("text", text)).toList());
        outcome.put("failed", failed);
        return outcome;
    }

    /** As many checks of a rail run as may. */
    private static final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** A rail did not decide. */
    private static final class RailFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Fault fault;

        /** @param fault what it is if no model is behind it */
        RailFailure(Fault fault, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.fault = fault;
        }

        /** Why there is no decision. */
        Fault fault() {
            if (getCause() instanceof BusyException) {
                return Fault.BUSY;
            }
            return outage().isPresent() ? Fault.MODEL : fault;
        }

        /** Whether the rail itself is at fault, and neither its model nor a want of threads. */
        boolean isTheRailsOwn() {
            return outage().isEmpty() && !(getCause() instanceof CancellationException);
        }

        /** The outage of a model behind it, however deep the rail has wrapped it. */
        Optional<ModelException> outage() {
            Throwable cause = getCause();
            for (int depth = 0; cause != null && depth < 16; depth++) {
                if (cause instanceof ModelException outage) {
                    return Optional.of(outage);
                }
                cause = cause.getCause();
            }
            return Optional.empty();
        }
    }
}
