package dev.guardrails4j.server.evaluation;

/**
 * What a rail would do if it caught every text whose score is at least so high.
 *
 * @param threshold from 0 to 1
 * @param recall how much of what should be caught would be
 * @param falsePositiveRate how much of what should pass would be caught
 */
public record ThresholdPoint(double threshold, Proportion recall, Proportion falsePositiveRate) {}
