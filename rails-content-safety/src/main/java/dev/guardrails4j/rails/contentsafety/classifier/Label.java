package dev.guardrails4j.rails.contentsafety.classifier;

/**
 * What a classifier finds in a text.
 *
 * @param name as the server spells it
 * @param score from 0 to 1
 */
record Label(String name, double score) {}
