package dev.guardrails4j.server.metrics;

/** How much of what the server lets in at a time is taken now. Safe for use by many threads. */
public interface AdmissionLoad {

    /** Requests that run and are not streamed. */
    int running();

    /** Answers that are being streamed. */
    int streams();

    /** Requests that wait for others to end. */
    int queued();

    /** How many requests were refused since the server started, for too many ran and waited. */
    long refused();

    /** How many streams were refused since the server started, for too many were open. */
    long refusedStreams();
}
