package dev.guardrails4j.server.evaluation;

import java.time.Duration;

/**
 * How long a rail took for a text, with what the engine spends on running it.
 *
 * @param p50 half of the texts took no longer
 * @param p90 nine of ten
 * @param p99 ninety-nine of a hundred
 * @param max the slowest
 */
public record Latency(Duration p50, Duration p90, Duration p99, Duration max) {}
