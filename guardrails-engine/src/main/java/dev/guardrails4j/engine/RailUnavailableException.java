package dev.guardrails4j.engine;

import dev.guardrails4j.api.ModelException;

/** A rail could not decide because its model is out of service. An outage, not a verdict: nothing was let through. */
public final class RailUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String flow;
    private final ModelException outage;

    public RailUnavailableException(String flow, ModelException outage) {
        super("The model of the rail '%s' is unavailable: %s".formatted(flow, outage.getMessage()), outage);
        this.flow = flow;
        this.outage = outage;
    }

    /** The flow as the configuration spells it. */
    public String flow() {
        return flow;
    }

    /** What the model answered, or that it did not. */
    public ModelException outage() {
        return outage;
    }
}
