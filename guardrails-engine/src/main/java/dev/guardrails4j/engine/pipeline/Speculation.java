package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.engine.RequestCancelledException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A call whose result may not be wanted: made early, in a thread of its own, or only when its result is asked for. Closed
 * before that, it is aborted. Its result is asked for by one thread; it may be closed by any.
 */
final class Speculation<T> implements AutoCloseable {

    private final Function<RunningDeadline, T> call;
    private final RunningDeadline deadline;
    private final Consumer<T> discard;
    private Optional<Future<T>> early = Optional.empty();

    /** What was made and is not taken; guarded by this, as are the flags. */
    private Optional<T> kept = Optional.empty();

    private boolean taken;
    private boolean closed;

    private Speculation(Function<RunningDeadline, T> call, RunningDeadline deadline, Consumer<T> discard) {
        this.call = call;
        this.deadline = deadline;
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
        Speculation<T> speculation = new Speculation<>(call, deadline, discard);
        if (early) {
            speculation.begin(threads);
        }
        return speculation;
    }

    private void begin(EngineThreads threads) {
        try {
            early = Optional.of(threads.rails().submit(this::make));
        } catch (RejectedExecutionException e) {
            // No thread is free for what is only a guess: the call is made when its result is asked for.
            early = Optional.empty();
        }
    }

    private T make() {
        T made = call.apply(deadline);
        synchronized (this) {
            if (!closed) {
                kept = Optional.of(made);
                return made;
            }
        }
        discard.accept(made);
        return made;
    }

    /** Waits for the result; fails as the call does. */
    T result() {
        T result = early.isPresent() ? await(early.get()) : make();
        synchronized (this) {
            taken = !closed;
        }
        return result;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | CancellationException e) {
            throw new RequestCancelledException(e);
        }
    }

    @Override
    public void close() {
        boolean unused;
        Optional<T> unwanted;
        synchronized (this) {
            closed = true;
            unused = !taken;
            unwanted = unused ? kept : Optional.empty();
            kept = Optional.empty();
        }
        if (unused) {
            deadline.cancel();
            early.ifPresent(future -> future.cancel(true));
            unwanted.ifPresent(discard);
        }
        deadline.close();
    }
}
