package dev.guardrails4j.server.metrics;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.RequestTimeoutException;
import dev.guardrails4j.engine.StreamingNotEnabledException;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;

/**
 * What metrics and spans call a failure: {@code error.type} of OpenTelemetry's conventions, a status where there is one, and
 * one of few words else.
 */
public final class ErrorType {

    private ErrorType() {}

    /** What it is called; {@code "_OTHER"} if nothing else fits. */
    public static String of(Throwable cause) {
        if (cause instanceof ModelException model) {
            OptionalInt status = model.status();
            return status.isPresent() ? Integer.toString(status.getAsInt()) : "model_unreachable";
        }
        if (cause instanceof RailUnavailableException) {
            return "rail_unavailable";
        }
        if (cause instanceof RequestTimeoutException) {
            return "timeout";
        }
        if (cause instanceof RequestCancelledException || cause instanceof CancellationException) {
            return "cancelled";
        }
        if (cause instanceof RailConfigurationException || cause instanceof StreamingNotEnabledException) {
            return "configuration";
        }
        return "_OTHER";
    }
}
