package dev.guardrails4j.server.http;

import dev.guardrails4j.server.metrics.AdmissionLoad;
import dev.guardrails4j.server.wire.RequestException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets so many chat requests run at a time and no more: past saturation, requests that wait only slow down those that
 * run (contract "chat server" 1.1, {@code queue_full}). Safe for use by many threads.
 */
final class Admission implements AdmissionLoad {

    private final int limit;
    private final Semaphore places;
    private final LongAdder refused = new LongAdder();

    Admission(int limit) {
        this.limit = limit;
        this.places = new Semaphore(limit);
    }

    /**
     * Takes a place; whoever got one must {@link #leave}.
     *
     * @throws RequestException if all are taken
     */
    void enter() {
        if (!places.tryAcquire()) {
            refused.increment();
            throw RequestException.withCode(
                    503, "The server runs " + limit + " requests, its limit. Please retry later.", "queue_full");
        }
    }

    /** Gives a place back. */
    void leave() {
        places.release();
    }

    @Override
    public int running() {
        return limit - places.availablePermits();
    }

    @Override
    public long refused() {
        return refused.sum();
    }
}
