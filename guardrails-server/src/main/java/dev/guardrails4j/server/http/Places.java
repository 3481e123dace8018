package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.Cancellation;
import dev.guardrails4j.engine.RequestCancelledException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bounded number of places, and a bounded queue before them: who came first is served first. Safe for use by many
 * threads; its own lock guards what it counts.
 */
final class Places {

    private final int limit;
    private final int maxQueued;

    /** Those who wait, in the order of their coming. */
    private final Set<Turn> queue = new LinkedHashSet<>();

    private int taken;

    /**
     * @param limit how many places there are
     * @param maxQueued how many may wait for one
     */
    Places(int limit, int maxQueued) {
        this.limit = limit;
        this.maxQueued = maxQueued;
    }

    int limit() {
        return limit;
    }

    int maxQueued() {
        return maxQueued;
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int queued() {
        return queue.size();
    }

    /** Takes a place if one is free and nobody waits for it. */
    synchronized boolean tryTake() {
        boolean isFree = taken < limit && queue.isEmpty();
        if (isFree) {
            taken++;
        }
        return isFree;
    }

    /**
     * Takes a place, and waits for it if it has to and may.
     *
     * @param cancellation ends the waiting
     * @return whether it got one
     * @throws RequestCancelledException if nobody waits for the answer any more
     */
    boolean take(Duration patience, Cancellation cancellation) {
        Turn turn = new Turn(new CompletableFuture<>());
        synchronized (this) {
            if (tryTake()) {
                return true;
            }
            if (queue.size() >= maxQueued) {
                return false;
            }
            queue.add(turn);
        }
        cancellation.onCancel(() -> turn.place().completeExceptionally(new InterruptedException("cancelled")));
        try {
            return turn.place().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return !turn.place().complete(false) && turn.place().getNow(false);
        } catch (ExecutionException e) {
            throw new RequestCancelledException(e);
        } catch (InterruptedException e) {
            if (!turn.place().complete(false) && turn.place().getNow(false)) {
                leave();
            }
            throw new RequestCancelledException(e);
        } finally {
            cancellation.onCancel(() -> {});
            synchronized (this) {
                queue.remove(turn);
            }
        }
    }

    /** Gives a place back; whoever has waited longest gets it. */
    synchronized void leave() {
        for (Iterator<Turn> waiting = queue.iterator(); waiting.hasNext(); ) {
            Turn next = waiting.next();
            waiting.remove();
            if (next.place().complete(true)) {
                return;
            }
        }
        taken--;
    }

    /** @param place true for one, false for none; settled once */
    private record Turn(CompletableFuture<Boolean> place) {}
}
