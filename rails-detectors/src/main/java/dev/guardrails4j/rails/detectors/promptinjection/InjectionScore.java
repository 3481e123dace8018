package dev.guardrails4j.rails.detectors.promptinjection;

import java.util.Set;

/**
 * How much a text looks like an attack.
 *
 * @param score from 0 to 1, of all that is known
 * @param model from 0 to 1, of its words alone
 * @param techniques what it does
 * @param encodings how it hides that it does it
 * @param hidden how many characters of it nobody can see
 */
record InjectionScore(double score, double model, Set<Technique> techniques, Set<String> encodings, int hidden) {}
