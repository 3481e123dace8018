package dev.guardrails4j.engine;

import java.util.List;
import java.util.Optional;

/** The models that the main model's endpoint offers. Safe for use by many threads. */
public interface ModelListing {

    /**
     * Asks the endpoint.
     *
     * @param callersKey the key that whoever asks has sent, used only if the environment holds none
     * @throws dev.guardrails4j.api.ModelException with a status if the endpoint is not known, cannot be reached, refuses or
     *     answers what is not an answer
     */
    List<OfferedModel> models(Optional<String> callersKey);

    /** Whether anybody has said where the endpoint is. */
    default boolean isKnown() {
        return true;
    }
}
