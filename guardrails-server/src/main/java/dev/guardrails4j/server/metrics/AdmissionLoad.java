package dev.guardrails4j.server.metrics;

/** How much of what the server lets in at a time is taken now. Safe for use by many threads. */
public interface AdmissionLoad {

    /** Requests that run. */
    int running();

    /** How many were refused since the server started. */
    long refused();
}
