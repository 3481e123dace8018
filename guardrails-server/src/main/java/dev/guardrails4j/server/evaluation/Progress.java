package dev.guardrails4j.server.evaluation;

/** Watches an evaluation. Called by many threads. */
@FunctionalInterface
public interface Progress {

    /**
     * Another text is done.
     *
     * @param texts how many are
     * @param bytes how much of the data was read for it
     * @param totalBytes how much there is
     */
    void done(long texts, long bytes, long totalBytes);
}
