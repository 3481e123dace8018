package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Which configuration a request to the guardrail microservice is to run on, contract "checks" 3.4. */
public sealed interface ConfigChoice {

    /** The request does not say. */
    record Unspecified() implements ConfigChoice {}

    /**
     * Configurations that are there, combined if they are several.
     *
     * @param references as they were sent: {@code "name"} or {@code "workspace/name"}; at least one
     */
    record Stored(List<String> references) implements ConfigChoice {

        public Stored {
            references = List.copyOf(references);
        }
    }

    /**
     * One that the request brings along. Not to be changed.
     *
     * @param config an object with at least one member
     */
    record Inline(JsonNode config) implements ConfigChoice {}
}
