package dev.guardrails4j.server.threads;

import java.time.Duration;

/**
 * How long and how much of a thread is kept.
 *
 * @param ttl how long after its last turn, at least a millisecond
 * @param maxMessages how many messages, at least 2
 * @param maxBytes how long its messages may be together, as JSON in UTF-8; at least 1 KiB
 */
public record ThreadLimits(Duration ttl, int maxMessages, long maxBytes) {

    /** 30 days, 1,000 messages, 4 MiB. */
    public static final ThreadLimits DEFAULT = new ThreadLimits(Duration.ofDays(30), 1_000, 4L << 20);

    private static final int FEWEST_MESSAGES = 2;
    private static final long FEWEST_BYTES = 1L << 10;

    public ThreadLimits {
        if (ttl.toMillis() < 1) {
            throw new IllegalArgumentException("ttl is below a millisecond");
        }
        if (maxMessages < FEWEST_MESSAGES) {
            throw new IllegalArgumentException("maxMessages is below " + FEWEST_MESSAGES);
        }
        if (maxBytes < FEWEST_BYTES) {
            throw new IllegalArgumentException("maxBytes is below " + FEWEST_BYTES);
        }
    }

    /**
     * Says that a thread may become as long as this.
     *
     * @throws ThreadFullException if it may not
     */
    void require(long messages, long bytes) {
        if (messages > maxMessages) {
            throw new ThreadFullException("messages", maxMessages);
        }
        if (bytes > maxBytes) {
            throw new ThreadFullException("bytes", maxBytes);
        }
    }
}
