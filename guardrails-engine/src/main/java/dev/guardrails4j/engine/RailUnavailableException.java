package dev.guardrails4j.engine;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.trace.ModelCall;
import java.time.Duration;
import java.util.Optional;

/** A rail could not decide because its model or server is out of service, or it is too busy. An outage, not a verdict: nothing was let through. */
public final class RailUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final String flow;
    private final ModelException outage;
    private final transient Optional<ModelCall> call;

    public RailUnavailableException(String flow, ModelException outage) {
        this(flow, outage, Optional.empty());
    }

    /**
     * An outage that showed in a call.
     *
     * @param call the call that failed, if it is known
     */
    public RailUnavailableException(String flow, ModelException outage, Optional<ModelCall> call) {
        this("The model of the rail", flow, outage, call);
    }

    private RailUnavailableException(String subject, String flow, ModelException outage, Optional<ModelCall> call) {
        super("%s '%s' is unavailable: %s".formatted(subject, flow, outage.getMessage()), outage);
        this.flow = flow;
        this.outage = outage;
        this.call = call;
    }

    /**
     * An outage of a server that is no model.
     *
     * @param server what it is called in the trace
     */
    public static RailUnavailableException ofServer(String server, String flow, ModelException outage) {
        return new RailUnavailableException("The server '" + server + "' of the rail", flow, outage, Optional.empty());
    }

    /** As many checks of the rail run as may at once. */
    public static RailUnavailableException busy(String flow) {
        return new RailUnavailableException(
                "The rail",
                flow,
                ModelException.withMessage("as many checks of it run as may at once")
                        .retryAfter(SOON)
                        .build(),
                Optional.empty());
    }

    /** The flow as the configuration spells it. */
    public String flow() {
        return flow;
    }

    /** The call that failed, if it is known. */
    public Optional<ModelCall> call() {
        return call;
    }

    /** What the model answered, or that it did not. */
    public ModelException outage() {
        return outage;
    }
}
