package dev.guardrails4j.server.threads;

import java.time.Instant;

/**
 * A thread in a list.
 *
 * @param id the caller's name for it
 * @param messages how many it holds
 * @param updatedAt when its last turn was kept
 */
public record ThreadSummary(String id, int messages, Instant updatedAt) {}
