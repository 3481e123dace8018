package dev.guardrails4j.engine;

/** The configuration checks answers, and does not say that they may be streamed. */
public final class StreamingNotEnabledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StreamingNotEnabledException() {
        super("The configuration has output rails, and streaming through them is not enabled; "
                + "set rails.output.streaming.enabled to true");
    }
}
