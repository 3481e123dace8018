package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.ThreadKind;
import java.time.Duration;
import java.util.Optional;

/**
 * How much work the server takes on at a time.
 *
 * @param maxConcurrentRequests how many requests that are not streamed run at a time, at least 1; empty for what the threads of
 *     this JVM are good for
 * @param maxStreams how many answers are streamed at a time, at least 1; empty for what the threads of this JVM are good for
 * @param maxQueued how many requests may wait for others to end, from 0; streams do not wait
 * @param maxQueueWait how long one may wait
 */
public record AdmissionSettings(
        Optional<Integer> maxConcurrentRequests, Optional<Integer> maxStreams, int maxQueued, Duration maxQueueWait) {

    /** What a small machine holds in memory, even if every request waits for its model. */
    private static final int DEFAULT_ON_VIRTUAL_THREADS = 10_000;

    /** Each takes a thread, and a stream two. */
    private static final int DEFAULT_ON_PLATFORM_THREADS = 1_000;

    private static final int DEFAULT_QUEUE = 400;

    /** What is set if nobody says otherwise. */
    public static final AdmissionSettings DEFAULT =
            new AdmissionSettings(Optional.empty(), Optional.empty(), DEFAULT_QUEUE, Duration.ofSeconds(5));

    public AdmissionSettings {
        if (maxConcurrentRequests.filter(limit -> limit < 1).isPresent()) {
            throw new IllegalArgumentException("maxConcurrentRequests is below 1");
        }
        if (maxStreams.filter(limit -> limit < 1).isPresent()) {
            throw new IllegalArgumentException("maxStreams is below 1");
        }
        if (maxQueued < 0) {
            throw new IllegalArgumentException("maxQueued is below 0");
        }
        if (maxQueueWait.isNegative()) {
            throw new IllegalArgumentException("maxQueueWait is below nothing");
        }
    }

    int requests(ThreadKind threads) {
        return maxConcurrentRequests.orElse(byDefault(threads));
    }

    int streams(ThreadKind threads) {
        return maxStreams.orElse(byDefault(threads));
    }

    private static int byDefault(ThreadKind threads) {
        return switch (threads) {
            case VIRTUAL -> DEFAULT_ON_VIRTUAL_THREADS;
            case PLATFORM -> DEFAULT_ON_PLATFORM_THREADS;
        };
    }
}
