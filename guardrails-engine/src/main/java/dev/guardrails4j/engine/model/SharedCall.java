package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call of a model for all who ask the same at the same time. It has the time that the model is given, whatever those who
 * wait have: each of them leaves when its own is over, and the call is aborted when nobody is left. Guarded by its own
 * monitor; aborts run outside of it.
 */
final class SharedCall {

    /** Longer than any model is given. */
    private static final Duration UNTIL_ABANDONED = Duration.ofHours(1);

    private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    private final List<Runnable> aborts = new ArrayList<>();
    private int waiting;
    private boolean over;

    /** Bounds the call; ends when nobody waits for it any more. */
    Deadline deadline() {
        return new UntilAbandoned();
    }

    /**
     * Waits with the others from now on.
     *
     * @return whether there is anything to wait for; if not, the call is over, and another has to be made
     */
    boolean join() {
        synchronized (this) {
            if (over) {
                return false;
            }
            waiting++;
            return true;
        }
    }

    /**
     * Waits for the answer; to be called once by everyone who has joined.
     *
     * @param start makes the call, if this is who has to
     * @throws ModelException if the call fails, or {@code deadline} ends before
     */
    ChatResponse await(Deadline deadline, Runnable start) {
        CompletableFuture<ChatResponse> mine = answer.copy();
        // Who makes the call in a thread of its own may be held up by it, and has left all the same.
        AtomicBoolean left = new AtomicBoolean();
        Deadline.Registration end = deadline.onEnd(() -> {
            mine.completeExceptionally(TransportFailure.tooLate());
            leave(left);
        });
        try {
            start.run();
            return mine.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TransportFailure.tooLate();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            end.close();
            leave(left);
        }
    }

    void answered(ChatResponse response) {
        finish();
        answer.complete(response);
    }

    void failed(Throwable failure) {
        finish();
        answer.completeExceptionally(failure);
    }

    synchronized boolean isOver() {
        return over;
    }

    private synchronized void finish() {
        over = true;
        aborts.clear();
    }

    /** @param left whether this waiter has left before */
    private void leave(AtomicBoolean left) {
        if (!left.compareAndSet(false, true)) {
            return;
        }
        List<Runnable> toRun;
        synchronized (this) {
            waiting--;
            if (waiting > 0 || over) {
                return;
            }
            over = true;
            toRun = List.copyOf(aborts);
            aborts.clear();
        }
        toRun.forEach(Runnable::run);
    }

    private final class UntilAbandoned implements Deadline {

        @Override
        public Duration remaining() {
            return isOver() ? Duration.ZERO : UNTIL_ABANDONED;
        }

        @Override
        public boolean hasEnded() {
            return isOver();
        }

        @Override
        public Registration onEnd(Runnable abort) {
            synchronized (SharedCall.this) {
                if (!over) {
                    aborts.add(abort);
                    return () -> {
                        synchronized (SharedCall.this) {
                            aborts.remove(abort);
                        }
                    };
                }
            }
            abort.run();
            return () -> {};
        }
    }
}
