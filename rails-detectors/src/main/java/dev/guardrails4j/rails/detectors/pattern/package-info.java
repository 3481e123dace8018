/**
 * Owns patterns that configurations write: how they are read, bounded and searched for.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.pattern;

import org.jspecify.annotations.NullMarked;
