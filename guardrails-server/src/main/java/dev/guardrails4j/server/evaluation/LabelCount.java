package dev.guardrails4j.server.evaluation;

/**
 * How the texts with one label fared.
 *
 * @param label which
 * @param positive whether they should be caught
 * @param caught how many were
 */
public record LabelCount(String label, boolean positive, Proportion caught) {}
