/**
 * Owns the rail that bounds how long a text may be.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.length;

import org.jspecify.annotations.NullMarked;
