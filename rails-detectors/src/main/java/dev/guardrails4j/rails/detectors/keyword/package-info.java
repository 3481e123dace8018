/**
 * Owns the rail that looks for words of a list.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.keyword;

import org.jspecify.annotations.NullMarked;
