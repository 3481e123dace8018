package dev.guardrails4j.server.configs.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A configuration as a caller has stored it. Immutable.
 *
 * @param entry what is known of it
 * @param data the configuration, an object, not to be changed; empty if its author has given none
 */
public record StoredConfig(ConfigEntry entry, Optional<JsonNode> data) {}
