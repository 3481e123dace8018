package dev.guardrails4j.server.audit;

import java.util.List;
import java.util.Optional;

/**
 * What was decided on. The texts are hashed, and not kept.
 *
 * @param requestId of the request
 * @param who the name of the API key, or the address of who has none
 * @param configs which configurations it was decided by
 * @param input the last message that the caller sent
 * @param output what the caller was told; empty if that is not known
 */
public record Occasion(String requestId, String who, List<String> configs, String input, Optional<String> output) {}
