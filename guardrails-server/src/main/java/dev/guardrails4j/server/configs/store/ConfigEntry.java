package dev.guardrails4j.server.configs.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a stored configuration beside its contents. Immutable.
 *
 * @param reference what it is called
 * @param id what it is told apart by from others that had its name: {@code "guardrail-config-..."}
 * @param revision how often it was changed
 * @param description what its author says of it
 * @param labels what of it nobody here reads: {@code project}, {@code custom_fields} and {@code ownership} of contract
 *     "checks" 8.3, an object; not to be changed
 * @param createdAt when, to the microsecond
 * @param updatedAt when it was last changed, to the microsecond
 */
public record ConfigEntry(
        ConfigReference reference,
        String id,
        long revision,
        Optional<String> description,
        JsonNode labels,
        Instant createdAt,
        Instant updatedAt) {

    /** What tells this state of it from every other, and from every state of another one. */
    public String stamp() {
        return id + "." + revision;
    }
}
