package dev.guardrails4j.engine.config;

import java.util.Map;

/**
 * A mention of a rail in a list of flows, as contract "config and rails" 1.8 spells it.
 *
 * @param text the reference as it was written: {@code "self check input $variant=strict"}
 * @param name the rail's name: {@code "self check input"}
 * @param parameters the parameters by name without {@code $}, in their order
 */
public record FlowReference(String text, String name, Map<String, String> parameters) {}
