package dev.guardrails4j.server.access;

/**
 * How callers are told apart.
 *
 * @param keys who may call
 * @param limits counts how much they do
 */
public record AccessControl(KeyRing keys, RateLimiter limits) {}
