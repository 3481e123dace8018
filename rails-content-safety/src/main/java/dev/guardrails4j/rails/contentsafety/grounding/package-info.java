/**
 * Owns the rails that hold an answer against what was retrieved.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety.grounding;

import org.jspecify.annotations.NullMarked;
