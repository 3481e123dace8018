package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.engine.RequestCancelledException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A call whose result may not be wanted: made early, in a thread of its own, or only when its result is asked for. Closed
 * before that, it is aborted.
 */
final class Speculation<T> implements AutoCloseable {

    private final Function<RunningDeadline, T> call;
    private final RunningDeadline deadline;
    private final Optional<Future<T>> early;
    private final Consumer<T> discard;
    private boolean taken;

    private Speculation(
            Function<RunningDeadline, T> call,
            RunningDeadline deadline,
            Optional<Future<T>> early,
            Consumer<T> discard) {
        this.call = call;
        this.deadline = deadline;
        this.early = early;
        this.discard = discard;
    }

    /** @param discard told of a result that nobody has asked for */
    static <T> Speculation<T> of(
            Function<RunningDeadline, T> call,
            Consumer<T> discard,
            boolean early,
            EngineThreads threads,
            RunningDeadline requestDeadline) {
        RunningDeadline deadline = requestDeadline.within(requestDeadline.remaining());
        return new Speculation<>(
                call,
                deadline,
                early ? Optional.of(threads.rails().submit(() -> call.apply(deadline))) : Optional.empty(),
                discard);
    }

    /** Waits for the result; fails as the call does. */
    T result() {
        taken = true;
        if (early.isEmpty()) {
            return call.apply(deadline);
        }
        try {
            return early.get().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new RequestCancelledException(e);
        }
    }

    @Override
    public void close() {
        if (!taken) {
            deadline.cancel();
            early.ifPresent(this::abandon);
        }
        deadline.close();
    }

    private void abandon(Future<T> future) {
        if (future.cancel(true)) {
            return;
        }
        try {
            discard.accept(future.get());
        } catch (ExecutionException e) {
            // It failed, and nobody had asked for it.
        } catch (InterruptedException e) {
            throw new RequestCancelledException(e);
        }
    }
}
