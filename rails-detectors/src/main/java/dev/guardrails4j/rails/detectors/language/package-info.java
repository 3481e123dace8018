/**
 * Owns the rail that lets in texts of some languages only.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.language;

import org.jspecify.annotations.NullMarked;
