package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.server.metrics.AdmissionLoad;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets so many requests run and so many answers be streamed at a time and no more: past saturation, one more only slows
 * down those that run (contract "chat server" 1.1, {@code queue_full} and {@code streaming_capacity}). A request waits a while for
 * its place; a stream does not, for those before it may last for minutes. Health and listings of what is in memory need no
 * place. Safe for use by many threads.
 */
final class Admission {

    private static final int UNAVAILABLE = 503;

    private final Places requests;
    private final Places streams;
    private final Duration maxQueueWait;
    private final ClientWatch clients;
    private final LongAdder refusedRequests = new LongAdder();
    private final LongAdder refusedStreams = new LongAdder();

    /** @param clients looks after those that wait: who goes away leaves the queue */
    Admission(AdmissionSettings settings, ThreadKind threads, ClientWatch clients) {
        this.requests = new Places(settings.requests(threads), settings.maxQueued());
        this.streams = new Places(settings.streams(threads), 0);
        this.maxQueueWait = settings.maxQueueWait();
        this.clients = clients;
    }

    /** What was taken, to be given back once. */
    @FunctionalInterface
    interface Place {

        void leave();
    }

    /** How busy the server is. */
    AdmissionLoad load() {
        return new AdmissionLoad(
                requests.taken(), streams.taken(), requests.queued(), refusedRequests.sum(), refusedStreams.sum());
    }

    /** Takes a place for a request that does not say how long it may take, as {@link #request}. */
    Place request(Context context) {
        return request(context, TimeLeft.of(Optional.empty()));
    }

    /**
     * Takes a place for a request, and waits for it if need be.
     *
     * @throws RequestException if none becomes free in time, or too many wait
     */
    Place request(Context context, TimeLeft time) {
        if (!requests.tryTake()) {
            Duration patience = time.atMost(maxQueueWait);
            if (!clients.whileConnected(context, cancellation -> requests.take(patience, cancellation))) {
                refusedRequests.increment();
                throw RequestException.withCode(
                        UNAVAILABLE,
                        "The server runs %d requests and has %d waiting, its limits. Please retry later."
                                .formatted(requests.limit(), requests.maxQueued()),
                        "queue_full");
            }
        }
        return requests::leave;
    }

    /**
     * Takes a place for a request that may be streamed.
     *
     * @throws RequestException as {@link #request}, or if too many streams are open
     */
    Place request(Context context, TimeLeft time, boolean isStreamed) {
        if (!isStreamed) {
            return request(context, time);
        }
        if (!streams.tryTake()) {
            refusedStreams.increment();
            throw RequestException.withCode(
                    UNAVAILABLE,
                    "The server streams %d answers, its limit. Please retry later.".formatted(streams.limit()),
                    "streaming_capacity");
        }
        return streams::leave;
    }
}
