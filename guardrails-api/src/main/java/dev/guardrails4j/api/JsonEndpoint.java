package dev.guardrails4j.api;

/**
 * An HTTP server that takes and gives JSON: a classifier, a detector. Connections are pooled, attempts that failed are
 * repeated as those of models are, and answers are bounded. Safe for use by many threads.
 *
 * @since 0.1
 */
public interface JsonEndpoint {

    /** What it is called in the trace. */
    String name();

    /**
     * Posts a value. What a rail posts through {@link CallContext#post} appears in the trace.
     *
     * @param body a JSON-like value
     * @param deadline when the answer stops being of use: the call is aborted then
     * @return what was answered, as it came: a string, number, boolean, unmodifiable list or map. It is not to be trusted
     * @throws ModelException if the server cannot be reached, answers with another status than 2xx, or answers with what is
     *     not JSON
     */
    Object post(Object body, Deadline deadline);
}
