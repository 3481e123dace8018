/**
 * Owns what calls of one server of models, rails or actions have in common, whichever configuration makes them: how many may
 * run at once, and the circuit breaker that leaves a server alone that fails again and again.
 */
@NullMarked
package dev.guardrails4j.engine.upstream;

import org.jspecify.annotations.NullMarked;
